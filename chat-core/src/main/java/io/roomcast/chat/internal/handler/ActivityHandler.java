package io.roomcast.chat.internal.handler;

import static io.roomcast.chat.internal.handler.CommandPlan.NO_FIELDS;
import static io.roomcast.chat.internal.handler.CommandPlan.returning;

import io.roomcast.chat.command.StartTyping;
import io.roomcast.chat.command.StartViewing;
import io.roomcast.chat.command.StopTyping;
import io.roomcast.chat.command.StopViewing;
import io.roomcast.chat.event.TypingStarted;
import io.roomcast.chat.event.TypingStopped;
import io.roomcast.chat.event.ViewingStarted;
import io.roomcast.chat.event.ViewingStopped;
import io.roomcast.chat.internal.attention.UserSettingsCache;
import io.roomcast.chat.internal.presence.TypingTracker;
import io.roomcast.chat.internal.presence.ViewingTracker;
import io.roomcast.chat.internal.session.CommandContext;
import java.time.Duration;
import java.util.List;

/**
 * Notifies a room of users who start and stop typing and viewing. Stores nothing. May block for users' settings and the
 * viewers on other nodes.
 */
final class ActivityHandler {
    private final TypingTracker typing;
    private final ViewingTracker viewing;
    private final UserSettingsCache settings;
    private final Duration typingTimeout;

    /**
     * Creates a handler.
     *
     * @param typingTimeout how long a user counts as typing without another notice
     */
    ActivityHandler(TypingTracker typing, ViewingTracker viewing, UserSettingsCache settings, Duration typingTimeout) {
        this.typing = typing;
        this.viewing = viewing;
        this.settings = settings;
        this.typingTimeout = typingTimeout;
    }

    /** Returns how each command of the family runs. */
    List<CommandPlan<?, ?>> plans() {
        return List.of(
                CommandPlan.serialAmongMembers(StartTyping.class, NO_FIELDS, returning(this::startTyping)),
                CommandPlan.serialAmongMembers(StopTyping.class, NO_FIELDS, returning(this::stopTyping)),
                CommandPlan.serialAmongMembers(StartViewing.class, NO_FIELDS, returning(this::startViewing)),
                CommandPlan.serialAmongMembers(StopViewing.class, NO_FIELDS, returning(this::stopViewing)));
    }

    /** Starts typing. Stops it first for another user that an anonymous session has named before. */
    private StartTyping.Started startTyping(StartTyping command, CommandContext context) {
        String conversationId = command.conversationId();
        if (hidesTyping(context)) {
            stopTyping(conversationId, context);
            return new StartTyping.Started(typingTimeout);
        }
        if (!context.author().equals(typing.typist(conversationId, context.session()))) {
            stopTyping(conversationId, context);
        }
        if (typing.start(conversationId, context.author(), context.session())) {
            context.sendToOthers(conversationId, new TypingStarted(conversationId, context.author(), typingTimeout));
        }
        return new StartTyping.Started(typingTimeout);
    }

    /** Returns whether the user is not shown as typing. Clients without a user have no settings. */
    private boolean hidesTyping(CommandContext context) {
        return !context.isHost()
                && context.session().principal().knownUserId().isPresent()
                && !settings.privacyOf(context.author()).typing();
    }

    private void stopTyping(String conversationId, CommandContext context) {
        typing.stop(conversationId, context.session())
                .ifPresent(userId -> context.sendToOthers(conversationId, new TypingStopped(conversationId, userId)));
    }

    /** Stops typing. Notifies the room even if the user was not typing here, as another server may have sent otherwise. */
    private StopTyping.Stopped stopTyping(StopTyping command, CommandContext context) {
        String conversationId = command.conversationId();
        boolean hasStopped = typing.stop(conversationId, context.session()).isPresent();
        if (!typing.isTyping(conversationId, context.author()) && (hasStopped || !hidesTyping(context))) {
            context.sendToOthers(conversationId, new TypingStopped(conversationId, context.author()));
        }
        return new StopTyping.Stopped();
    }

    /** Starts viewing. Stops it first for another user that an anonymous session has named before. */
    private StartViewing.Viewing startViewing(StartViewing command, CommandContext context) {
        String conversationId = command.conversationId();
        if (!context.author().equals(viewing.viewer(conversationId, context.session()))) {
            stopViewing(conversationId, context);
        }
        if (viewing.start(conversationId, context.author(), context.session())) {
            context.sendToOthers(conversationId, new ViewingStarted(conversationId, context.author()));
        }
        return new StartViewing.Viewing(viewing.viewers(conversationId));
    }

    private StopViewing.Stopped stopViewing(StopViewing command, CommandContext context) {
        stopViewing(command.conversationId(), context);
        return new StopViewing.Stopped();
    }

    private void stopViewing(String conversationId, CommandContext context) {
        viewing.stop(conversationId, context.session())
                .ifPresent(userId -> context.sendToOthers(conversationId, new ViewingStopped(conversationId, userId)));
    }
}
