package dev.bulkhead.environment.adoption;

import dev.bulkhead.apply.Ref;

/** Why an adoption can't be done as it is. */
record Obstacle(String object, String text) {

    static Obstacle at(Ref ref, String text, Object... values) {
        return new Obstacle(ref.toString(), text.formatted(values));
    }

    @Override
    public String toString() {
        return object + ": " + text;
    }
}
