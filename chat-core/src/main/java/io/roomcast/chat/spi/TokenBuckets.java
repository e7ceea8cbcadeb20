package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.RateKind;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A rate limiter with a token bucket for each caller and kind of rate. Safe for use by any thread.
 *
 * <p>Some commands also take as many tokens as they {@linkplain Command#weight weigh}, for their cost for others: each
 * new member is notified, and each receipt is stored and sent to a room.
 */
final class TokenBuckets implements RateLimiter {
    private final LongSupplier nanoTime;
    private final List<Rate> rates;
    private final Map<RateKind, KeyedTokenBuckets<String>> buckets = new EnumMap<>(RateKind.class);

    TokenBuckets(LongSupplier nanoTime) {
        this(nanoTime, Limits.DEFAULT_ROOMS_PER_SESSION);
    }

    private TokenBuckets(LongSupplier nanoTime, int rooms) {
        this.nanoTime = nanoTime;
        List<Rate> all = new ArrayList<>();
        for (RateKind kind : RateKind.values()) {
            Rate rate = rate(kind, rooms);
            all.add(rate);
            buckets.put(kind, KeyedTokenBuckets.of(rate, nanoTime));
        }
        this.rates = List.copyOf(all);
    }

    /** Returns a rate. The bursts for new members and receipts are the default limits of members and rooms. */
    private static Rate rate(RateKind kind, int rooms) {
        return switch (kind) {
            case MESSAGES -> new Rate("sendMessage", 5, 20);
            case TYPING -> new Rate("typing", 2, 5);
            case RECEIPTS -> new Rate("receipts", 3, 10);
            case JOINS -> forEachRoom("joins", rooms);
            case LEAVES -> forEachRoom("leaves", rooms);
            case READS -> forEachRoom("reads", rooms);
            case EVENTS -> new Rate("sendEvent", 10, 20);
            case PREFERENCES -> new Rate("setPreferences", 5, 20);
            case SIGNALS -> new Rate("signalCall", 30, 70);
            case CALL_UPDATES -> new Rate("updateCall", 5, 10);
            case OTHERS -> new Rate("others", 20, 40);
            case NEW_MEMBERS -> new Rate("newMembers", 50, 1_000);
            case DELIVERED_MARKS -> new Rate("deliveredMarks", 50, 200);
        };
    }

    /**
     * Returns a rate whose burst covers all rooms of a session. A client joins, leaves and reads each of its rooms when
     * it connects or disconnects.
     */
    private static Rate forEachRoom(String name, int rooms) {
        return new Rate(name, 20, Math.max(200, rooms));
    }

    @Override
    public List<Rate> rates() {
        return rates;
    }

    @Override
    public RateLimiter within(Limits limits) {
        return new TokenBuckets(nanoTime, limits.roomsPerSession());
    }

    @Override
    public Duration acquire(String caller, Command<?> command) {
        long wait = take(command.rate(), caller, 1);
        wait = wait == 0 ? take(command.weightRate(), caller, command.weight()) : wait;
        return wait == 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }

    private long take(Optional<RateKind> kind, String caller, int tokens) {
        return kind.isEmpty() ? 0 : requireNonNull(buckets.get(kind.get())).take(caller, tokens);
    }

    @Override
    public void forget(String caller) {
        buckets.values().forEach(each -> each.forget(caller));
    }

    int size() {
        return buckets.values().stream().mapToInt(KeyedTokenBuckets::size).sum();
    }
}
