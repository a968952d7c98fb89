package dev.bulkhead.faults;

import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A watch that goes through the proxy: what came by, and a way to speak to the watcher. */
public final class OpenWatch {

    private static final int REMEMBERED = 1000;

    private final Vertx vertx;
    private final ProxiedRequest request;
    private final Consumer<String> down;
    private final Runnable end;
    private final ArrayDeque<Frame> past = new ArrayDeque<>();
    private final List<Frozen> frozen = new ArrayList<>();
    private BiFunction<ProxiedRequest, Frame, Optional<FrameRule>> judge = (_, _) -> Optional.empty();
    private Runnable ended = () -> {};

    private record Frozen(FrameRule rule, Frame frame) {}

    /**
     * @param down passes an event on to the watcher
     * @param end ends the watch on both sides
     */
    OpenWatch(Vertx vertx, ProxiedRequest request, Consumer<String> down, Runnable end) {
        this.vertx = vertx;
        this.request = request;
        this.down = down;
        this.end = end;
    }

    public ProxiedRequest request() {
        return request;
    }

    /** What the API server sent, oldest first, whether it was passed on or not. */
    public synchronized List<Frame> past() {
        return List.copyOf(past);
    }

    /** The last that was said of each object: said again it's a repetition, and no way back in time. */
    public synchronized List<Frame> latest() {
        var byObject = new LinkedHashMap<String, Frame>();
        past.forEach(it -> byObject.putLast(it.namespace() + "/" + it.name(), it));
        return List.copyOf(byObject.values());
    }

    /** Says something that the API server never said, or says it again. */
    public void inject(Frame frame) {
        down.accept(frame.text());
    }

    /** Ends it in order, as an API server does that has other things to do. */
    public void end() {
        end.run();
    }

    synchronized void judgedBy(BiFunction<ProxiedRequest, Frame, Optional<FrameRule>> judge) {
        this.judge = judge;
    }

    synchronized void onEnd(Runnable ended) {
        this.ended = ended;
    }

    synchronized void hasEnded() {
        ended.run();
    }

    synchronized void received(String text) {
        var frame = Frame.of(text);
        past.add(frame);
        if (past.size() > REMEMBERED) {
            past.remove();
        }
        judge.apply(request, frame).ifPresentOrElse(rule -> suffer(rule, frame), () -> down.accept(text));
    }

    private void suffer(FrameRule rule, Frame frame) {
        switch (rule.fate()) {
            case FrameRule.Fate.Drop _ -> {}
            case FrameRule.Fate.Double _ -> {
                down.accept(frame.text());
                down.accept(frame.text());
            }
            case FrameRule.Fate.Freeze _ -> frozen.add(new Frozen(rule, frame));
            case FrameRule.Fate.Late late -> vertx.setTimer(late.time().toMillis(), _ -> down.accept(frame.text()));
            case FrameRule.Fate.Rewrite rewrite -> down.accept(rewrite.text().apply(frame.text()));
        }
    }

    synchronized void thaw(FrameRule lifted) {
        frozen.stream().filter(it -> it.rule.equals(lifted)).forEach(it -> down.accept(it.frame.text()));
        frozen.removeIf(it -> it.rule.equals(lifted));
    }
}
