package dev.bulkhead.network.reach;

import java.util.List;

/** Whom an intent means. */
public sealed interface Who {

    boolean means(Party party);

    String inWords();

    /** Somebody by the id that the matrix has for it, such as {@code shop-staging-web/api}. */
    record Someone(String id) implements Who {

        @Override
        public boolean means(Party party) {
            return party.id().equals(id);
        }

        @Override
        public String inWords() {
            return id;
        }
    }

    /** Whoever is at these addresses and is no pod. */
    record Addresses(String cidr, List<String> except) implements Who {

        public Addresses {
            except = List.copyOf(except);
        }

        @Override
        public boolean means(Party party) {
            return party instanceof Outside outside
                    && Block.of(cidr, except)
                            .filter(block ->
                                    outside.addresses().stream().anyMatch(range -> block.contains(range.getLower())))
                            .isPresent();
        }

        @Override
        public String inWords() {
            return except.isEmpty() ? cidr : cidr + " but " + String.join(", ", except);
        }
    }
}
