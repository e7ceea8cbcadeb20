package io.roomcast.chat.spi;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.model.Action;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A bucket for each caller and kind of command. */
final class TokenBuckets implements RateLimiter {
    private final KeyedTokenBuckets<String> sends;
    private final KeyedTokenBuckets<String> typing;
    private final KeyedTokenBuckets<String> joins;
    private final KeyedTokenBuckets<String> receipts;
    private final KeyedTokenBuckets<String> others;
    private final CostBuckets costs;

    TokenBuckets(LongSupplier nanoTime) {
        sends = new KeyedTokenBuckets<>(5, 20, nanoTime);
        typing = new KeyedTokenBuckets<>(2, 5, nanoTime);
        joins = new KeyedTokenBuckets<>(20, 100, nanoTime);
        receipts = new KeyedTokenBuckets<>(3, 10, nanoTime);
        others = new KeyedTokenBuckets<>(20, 40, nanoTime);
        costs = new CostBuckets(nanoTime);
    }

    @Override
    public Duration acquire(String caller, Command<?> command) {
        long wait = of(command).take(caller);
        wait = wait == 0 ? costs.take(caller, command) : wait;
        return wait == 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }

    private KeyedTokenBuckets<String> of(Command<?> command) {
        return command instanceof MarkDelivered
                ? receipts
                : command.action().map(this::of).orElse(others);
    }

    private KeyedTokenBuckets<String> of(Action action) {
        return switch (action) {
            case SEND -> sends;
            case TYPE -> typing;
            case JOIN -> joins;
            case MARK -> receipts;
            case READ, EDIT, REACT, MANAGE -> others;
        };
    }

    @Override
    public void forget(String caller) {
        Stream.of(sends, typing, joins, receipts, others).forEach(buckets -> buckets.forget(caller));
        costs.forget(caller);
    }

    int size() {
        return sends.size() + typing.size() + joins.size() + receipts.size() + others.size() + costs.size();
    }
}
