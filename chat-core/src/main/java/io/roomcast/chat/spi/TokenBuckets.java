package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.JoinRooms;
import io.roomcast.chat.command.LeaveRoom;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Limits;
import io.roomcast.chat.model.Rate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** A rate limiter with a token bucket for each caller and kind of command. Safe for use by any thread. */
final class TokenBuckets implements RateLimiter {
    private enum Kind {
        SENDS("sendMessage", 5, 20),
        TYPING("typing", 2, 5),
        RECEIPTS("receipts", 3, 10),
        JOINS("joins", 20, 200),
        LEAVES("leaves", 20, 200),
        READS("reads", 20, 200),
        OTHERS("others", 20, 40);

        private final String title;
        private final int perSecond;
        private final int burst;

        Kind(String title, int perSecond, int burst) {
            this.title = title;
            this.perSecond = perSecond;
            this.burst = burst;
        }

        /**
         * Returns the rate for sessions with so many rooms. A client joins, leaves and reads each of its rooms when it
         * connects or disconnects, so the burst of these kinds covers all rooms.
         */
        private Rate covering(int rooms) {
            boolean isForEachRoom = this == JOINS || this == LEAVES || this == READS;
            return new Rate(title, perSecond, isForEachRoom ? Math.max(burst, rooms) : burst);
        }
    }

    private final LongSupplier nanoTime;
    private final List<Rate> rates;
    private final Map<Kind, KeyedTokenBuckets<String>> buckets = new EnumMap<>(Kind.class);
    private final CostBuckets costs;

    TokenBuckets(LongSupplier nanoTime) {
        this(nanoTime, Limits.DEFAULT_ROOMS_PER_SESSION);
    }

    private TokenBuckets(LongSupplier nanoTime, int rooms) {
        this.nanoTime = nanoTime;
        this.costs = new CostBuckets(nanoTime);
        this.rates = Stream.concat(
                        Stream.of(Kind.values()).map(kind -> kind.covering(rooms)), CostBuckets.RATES.stream())
                .toList();
        for (Kind kind : Kind.values()) {
            buckets.put(kind, KeyedTokenBuckets.of(kind.covering(rooms), nanoTime));
        }
    }

    @Override
    public List<Rate> rates() {
        return rates;
    }

    @Override
    public RateLimiter within(Limits limits) {
        return new TokenBuckets(nanoTime, limits.roomsPerSession());
    }

    /** Permits {@link JoinRooms} itself, because each of its rooms takes a permit of its own later. */
    @Override
    public Duration acquire(String caller, Command<?> command) {
        if (command instanceof JoinRooms) {
            return Duration.ZERO;
        }
        long wait = requireNonNull(buckets.get(kind(command))).take(caller);
        wait = wait == 0 ? costs.take(caller, command) : wait;
        return wait == 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }

    private static Kind kind(Command<?> command) {
        if (command instanceof MarkDelivered) {
            return Kind.RECEIPTS;
        }
        return command instanceof LeaveRoom
                ? Kind.LEAVES
                : command.action().map(TokenBuckets::kind).orElse(Kind.OTHERS);
    }

    private static Kind kind(Action action) {
        return switch (action) {
            case SEND -> Kind.SENDS;
            case TYPE -> Kind.TYPING;
            case JOIN -> Kind.JOINS;
            case MARK -> Kind.RECEIPTS;
            case READ -> Kind.READS;
            case EDIT, REACT, MANAGE -> Kind.OTHERS;
        };
    }

    @Override
    public void forget(String caller) {
        buckets.values().forEach(each -> each.forget(caller));
        costs.forget(caller);
    }

    int size() {
        return buckets.values().stream().mapToInt(KeyedTokenBuckets::size).sum() + costs.size();
    }
}
