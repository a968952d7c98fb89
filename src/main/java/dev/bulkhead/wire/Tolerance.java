package dev.bulkhead.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.bulkhead.api.v1alpha1.Unreadable;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads custom resources of which a part isn't understood: a value that a newer version of us knows, and this one
 * doesn't. The client would fail with the whole list or watch that such a resource is in, and so stop for all others. Here
 * what isn't understood is left out, and the resource marked as {@link Unreadable}.
 */
final class Tolerance {

    private static final Object PROBLEMS = new Object();

    private Tolerance() {}

    static KubernetesSerialization serialization() {
        var module = new SimpleModule("bulkhead-tolerance");
        module.setDeserializerModifier(new BeanDeserializerModifier() {
            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription type, JsonDeserializer<?> deserializer) {
                return CustomResource.class.isAssignableFrom(type.getBeanClass())
                        ? new Marking(deserializer)
                        : deserializer;
            }
        });
        // A buffer that is kept for the next text keeps the last one, and that may be a Secret.
        var json = JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .build();
        return new KubernetesSerialization(
                new ObjectMapper(json).registerModule(module).addHandler(new LeaveOut()), true);
    }

    /** Collects what was left out of one resource. */
    private static final class Marking extends DelegatingDeserializer {

        private static final long serialVersionUID = 1;

        Marking(JsonDeserializer<?> reading) {
            super(reading);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reading) {
            return new Marking(reading);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var around = context.getAttribute(PROBLEMS);
            var problems = new ArrayList<String>();
            context.setAttribute(PROBLEMS, problems);
            try {
                var read = super.deserialize(parser, context);
                if (!problems.isEmpty() && read instanceof CustomResource<?, ?> resource) {
                    Unreadable.mark(resource, String.join(", ", problems));
                }
                return read;
            } finally {
                context.setAttribute(PROBLEMS, around);
            }
        }
    }

    /** Only inside of a custom resource; what else can't be read is an error, as ever. */
    private static final class LeaveOut extends DeserializationProblemHandler {

        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String failure) {
            return leaveOut(context, "'%s'".formatted(value));
        }

        @Override
        public Object handleWeirdNumberValue(
                DeserializationContext context, Class<?> type, Number value, String failure) {
            return leaveOut(context, String.valueOf(value));
        }

        @Override
        public Object handleUnexpectedToken(
                DeserializationContext context, JavaType type, JsonToken token, JsonParser parser, String failure)
                throws IOException {
            var left = leaveOut(context, "a value of another kind");
            if (left == null) {
                parser.skipChildren();
            }
            return left;
        }

        private static Object leaveOut(DeserializationContext context, String value) {
            if (!(context.getAttribute(PROBLEMS) instanceof List<?> problems)) {
                return NOT_HANDLED;
            }
            var where = context.getParser().getParsingContext().pathAsPointer().toString();
            // A status is ours to write again.
            var spec = where.indexOf("/spec/");
            if (spec >= 0) {
                note(problems, where.substring(spec + 1).replace('/', '.') + ": " + value);
            }
            return null;
        }

        @SuppressWarnings("unchecked")
        private static void note(List<?> problems, String what) {
            ((List<String>) problems).add(what);
        }
    }
}
