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
 * Token buckets for the cost that commands cause others, by their {@linkplain Command#weight weight}. There is one for
 * new members, each of whom is notified. Another is for receipts, each of which is stored and sent to a room.
 */
final class CostBuckets {
    /** The burst for new members: the default limit of members in a conversation. */
    private static final int MOST_MEMBERS = 1_000;

    /** The burst for receipts: the default limit of rooms for a session. */
    private static final int MOST_RECEIPTS = 200;

    private static final Rate NEW_MEMBERS = new Rate("newMembers", 50, MOST_MEMBERS);
    private static final Rate DELIVERED_MARKS = new Rate("deliveredMarks", 50, MOST_RECEIPTS);

    /** The rates that clients receive. */
    static final List<Rate> RATES = List.of(NEW_MEMBERS, DELIVERED_MARKS);

    private final KeyedTokenBuckets<String> members;
    private final KeyedTokenBuckets<String> receipts;

    CostBuckets(LongSupplier nanoTime) {
        members = KeyedTokenBuckets.of(NEW_MEMBERS, nanoTime);
        receipts = KeyedTokenBuckets.of(DELIVERED_MARKS, nanoTime);
    }

    /** Takes what the command weighs and returns zero, or takes nothing and returns the nanoseconds until there is enough. */
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
