package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Permission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event of the application's own to the other sessions in the room. Nothing is stored. In a {@linkplain
 * io.roomcast.chat.model.Limits#largeRoom large} room fails with {@link ErrorCode#FORBIDDEN} unless the user is an admin
 * or the owner of the conversation.
 *
 * @param conversationId the room
 * @param userId the user's id as the payload names it, or null if the principal is the user; null for the host itself
 * @param name the name of the event: 1 to {@value io.roomcast.chat.model.FixedLimits#EVENT_NAME_LENGTH} letters and
 *     digits of ASCII, dots, hyphens and underscores
 * @param data a JSON value as text, of at most {@value io.roomcast.chat.model.FixedLimits#EVENT_DATA_LENGTH} UTF-16
 *     units, or null for none
 * @param toUserIds the users in the room whose sessions receive the event, at most {@value
 *     io.roomcast.chat.model.FixedLimits#EVENT_USERS}; empty for all
 */
public record SendEvent(
        String conversationId,
        @Nullable String userId,
        String name,
        @Nullable String data,
        List<String> toUserIds) implements Command<SendEvent.Sent> {
    /** Copies the users. */
    public SendEvent {
        requireNonNull(conversationId, "conversationId");
        requireNonNull(name, "name");
        toUserIds = Checks.list(toUserIds, "toUserIds");
    }

    /**
     * Sends an event to all others in the room, in the name of the principal.
     *
     * @param data a JSON value as text, or null for none
     */
    public static SendEvent of(String conversationId, String name, @Nullable String data) {
        return new SendEvent(conversationId, null, name, data, List.of());
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.SEND_EVENT);
    }

    @Override
    public Optional<Permission> permission() {
        return Optional.of(Permission.SEND_EVENT);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.EVENTS);
    }

    /** Returns the author that the payload names. Empty if it names none, because the host needs no author. */
    @Override
    public Optional<Claim> claim() {
        return userId == null ? Optional.empty() : Optional.of(new Claim("userId", userId));
    }

    /** The event is on its way. */
    public record Sent() {}
}
