package dev.bulkhead.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A match, and what happens to it: {@code proxy.on(write().kind("Deployment")).once().fail(500)}. It is in force from the
 * moment that it is said what happens until it is lifted; of several that fit, the oldest decides.
 */
public final class Rule {

    private final Match match;
    private final Consumer<Rule> add;
    private final Consumer<Rule> drop;
    private final Random dice = new Random(0);
    private int first = 1;
    private int last = Integer.MAX_VALUE;
    private double share = 1;
    private Blow blow = new Blow.Close();
    private int matched;
    private int hits;

    Rule(Match match, Consumer<Rule> add, Consumer<Rule> drop) {
        this.match = match;
        this.add = add;
        this.drop = drop;
    }

    public Rule once() {
        return times(1);
    }

    public Rule times(int count) {
        last = first + count - 1;
        return this;
    }

    /** Only the k-th that matches, counted from one. */
    public Rule nth(int k) {
        first = k;
        last = k;
        return this;
    }

    /** The k-th that matches, and all after it. */
    public Rule fromNth(int k) {
        first = k;
        return this;
    }

    /** A share of them, drawn with a seed. */
    public Rule share(double share, long seed) {
        this.share = share;
        dice.setSeed(seed);
        return this;
    }

    /** It never arrives; the proxy answers as an API server that fails. */
    public Rule fail(int code) {
        return fail(code, "on purpose, by a test");
    }

    public Rule fail(int code, String message) {
        return fail(code, Map.of(), StatusBody.of(code, message));
    }

    public Rule fail(int code, Map<String, String> headers, String body) {
        return with(new Blow.Refuse(code, headers, body));
    }

    /** It never arrives; the connection is closed. */
    public Rule cut() {
        return with(new Blow.Close());
    }

    /** It never arrives; nothing is answered, and the connection stays open. */
    public Rule swallow() {
        return with(new Blow.BlackHole());
    }

    /** It arrives later. */
    public Rule delay(Duration time) {
        return with(new Blow.Delay(time));
    }

    /** It arrives when the gate is opened; it may be held by it for ever. */
    public Rule hold(CountDownLatch gate) {
        return with(new Blow.Hold(gate));
    }

    /** Something happens before it arrives. */
    public Rule first(Runnable hook) {
        return with(new Blow.First(hook));
    }

    /** It is done; the connection is closed instead of a reply. */
    public Rule loseReply() {
        return with(new Blow.LoseReply());
    }

    /** It is done; nothing is answered, and the connection stays open. */
    public Rule swallowReply() {
        return with(new Blow.SilentReply());
    }

    /** It is done; something happens before the reply goes on its way. */
    public Rule then(Runnable hook) {
        return with(new Blow.Then(hook));
    }

    /** It is done; the reply says that it failed. */
    public Rule denyReply(int code) {
        return with(new Blow.Rewrite(code, _ -> StatusBody.of(code, "on purpose, by a test")));
    }

    /** The reply is another one. */
    public Rule rewriteReply(UnaryOperator<String> body) {
        return with(new Blow.Rewrite(Blow.Rewrite.SAME, body));
    }

    /** The reply ends after so many bytes, as if that were all. */
    public Rule truncateReply(int bytes) {
        return with(new Blow.Truncate(bytes));
    }

    /** The reply comes byte by byte. */
    public Rule trickleReply(Duration perByte) {
        return with(new Blow.Trickle(perByte));
    }

    /** From now on what matches goes through. */
    public void lift() {
        drop.accept(this);
    }

    /** How often it struck. */
    public synchronized int hits() {
        return hits;
    }

    private Rule with(Blow blow) {
        this.blow = blow;
        add.accept(this);
        return this;
    }

    /** Whether it would strike this request; asked once for each. */
    synchronized boolean isUp(ProxiedRequest request) {
        if (!match.fits(request)) {
            return false;
        }
        matched++;
        return matched >= first && matched <= last && dice.nextDouble() < share;
    }

    synchronized Blow strike() {
        hits++;
        return blow;
    }
}
