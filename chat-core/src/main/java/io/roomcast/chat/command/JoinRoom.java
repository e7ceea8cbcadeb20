package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.CallSummary;
import io.roomcast.chat.model.CatchUp;
import io.roomcast.chat.model.Position;
import io.roomcast.chat.model.Preferences;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Joins a room, whose events the session receives from then on.
 *
 * <p>If the client sends its position, the result holds a page of the missed events. The events that follow continue
 * this page without a gap or a repeat, unless it {@linkplain io.roomcast.chat.model.CatchUp#hasMore() has more}: the
 * client then requests the rest by {@link SyncRoom}. A client can repeat a lost request. Joining again only returns the
 * page again.
 *
 * @param conversationId the room
 * @param after the client's position, or null if it does not need the missed events
 * @param limit the maximum number of missed messages, or null for {@link io.roomcast.chat.model.Limits#syncPage()}
 */
public record JoinRoom(
        String conversationId,
        @Nullable Position after,
        @Nullable Integer limit) implements Command<JoinRoom.Joined> {
    /** Rejects a missing room. */
    public JoinRoom {
        requireNonNull(conversationId, "conversationId");
    }

    /** Joins a room without reading missed events. */
    public static JoinRoom of(String conversationId) {
        return new JoinRoom(conversationId, null, null);
    }

    /** Joins a room and reads the events that the client missed after a position. */
    public static JoinRoom after(String conversationId, Position position) {
        return new JoinRoom(conversationId, requireNonNull(position, "position"), null);
    }

    /** Returns a copy with a maximum number of missed messages, at least 1. */
    public JoinRoom withLimit(int limit) {
        return new JoinRoom(conversationId, after, limit);
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.JOIN);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.JOINS);
    }

    /**
     * The session is in the room and receives every message after the position.
     *
     * @param conversationId the conversation
     * @param epoch the store's epoch; the position is valid only within it
     * @param position the conversation's position when the session joined
     * @param readSeq the highest sequence number that the user has read. In an open conversation that the user has never
     *     read, the newest one at the user's first join
     * @param unreadFrom the sequence number of the first message that the user has marked as unread, or null
     * @param online the number of users in the room on this server, including this one; each session without a user
     *     counts as one
     * @param large whether the room is {@linkplain io.roomcast.chat.model.Limits#largeRoom large}, so that it receives
     *     {@link io.roomcast.chat.event.RoomStats} in place of events about each user
     * @param missed the events after the client's position, or null if the client sent no position
     * @param call the call that rings or is active in the conversation, or null
     */
    public record Joined(
            String conversationId,
            String epoch,
            Position position,
            long readSeq,
            @Nullable Long unreadFrom,
            int online,
            boolean large,
            @Nullable CatchUp missed,
            @Nullable CallSummary call) {
        /** Rejects null for required components. */
        public Joined {
            requireNonNull(conversationId, "conversationId");
            requireNonNull(epoch, "epoch");
            requireNonNull(position, "position");
        }

        /** Returns the number of messages that the user has not read, or has marked as unread. */
        public long unread() {
            return Math.max(0, position.seq() - Preferences.notUnread(readSeq, unreadFrom));
        }
    }
}
