package io.roomcast.chat.spi;

import io.roomcast.chat.command.AddMembers;
import io.roomcast.chat.command.Command;
import io.roomcast.chat.command.CreateConversation;
import io.roomcast.chat.command.MarkDelivered;
import io.roomcast.chat.model.Rate;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Limits the cost that commands cause for others, measured by their {@linkplain Command#weight weight}. One set of
 * token buckets counts new members, each of whom is notified. The other counts receipts, each of which is stored and
 * sent to a room.
 */
final class CostBuckets {
    /** The burst for new members: the default limit of members in a conversation. */
    private static final int MAX_MEMBERS = 1_000;

    /** The burst for receipts: the default limit of rooms for a session. */
    private static final int MAX_RECEIPTS = 200;

    private static final Rate NEW_MEMBERS = new Rate("newMembers", 50, MAX_MEMBERS);
    private static final Rate DELIVERED_MARKS = new Rate("deliveredMarks", 50, MAX_RECEIPTS);

    /** The rates that are sent to clients. */
    static final List<Rate> RATES = List.of(NEW_MEMBERS, DELIVERED_MARKS);

    private final KeyedTokenBuckets<String> members;
    private final KeyedTokenBuckets<String> receipts;

    CostBuckets(LongSupplier nanoTime) {
        members = KeyedTokenBuckets.of(NEW_MEMBERS, nanoTime);
        receipts = KeyedTokenBuckets.of(DELIVERED_MARKS, nanoTime);
    }

    /**
     * Takes the command's weight and returns zero. If there are too few tokens, takes none and returns the nanoseconds
     * to wait.
     */
    long take(String caller, Command<?> command) {
        if (command instanceof CreateConversation || command instanceof AddMembers) {
            return members.take(caller, command.weight());
        }
        return command instanceof MarkDelivered ? receipts.take(caller, command.weight()) : 0;
    }

    void forget(String caller) {
        Stream.of(members, receipts).forEach(buckets -> buckets.forget(caller));
    }

    int size() {
        return members.size() + receipts.size();
    }
}
