package io.roomcast.chat.spi;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a push notification says. It leaves this server and may be shown on a locked screen, so the default says
 * nothing but ids and numbers.
 *
 * <p>Called on threads that are kept for pushes, so it may block. An exception counts as {@link Text#NONE}.
 */
@FunctionalInterface
public interface PushContent {
    /** The maximum length of the text that {@link #full} shows, in UTF-16 units: {@value}. */
    int MAX_BODY = 140;

    /**
     * What a notification is about.
     *
     * @param type whether it is about a message or a call; never {@link PushMessage.Type#READ}
     * @param device the device that receives it, with its language
     * @param senderId the sender of the message, or the user who calls
     * @param senderName the name that the {@linkplain UserDirectory directory} shows to the device's user, or null if there
     *     is none
     * @param conversationTitle the title of the conversation, or null if it has none
     * @param message the message, or null for a call
     */
    record Subject(
            PushMessage.Type type,
            PushDevice device,
            String senderId,
            @Nullable String senderName,
            @Nullable String conversationTitle,
            @Nullable Message message) {
        /** Rejects null for required components. */
        public Subject {
            requireNonNull(type, "type");
            requireNonNull(device, "device");
            requireNonNull(senderId, "senderId");
        }
    }

    /**
     * What a notification says.
     *
     * @param title the title, or null if the application chooses it
     * @param body the text, or null if the application chooses it
     */
    record Text(@Nullable String title, @Nullable String body) {
        /** Says nothing. */
        public static final Text NONE = new Text(null, null);
    }

    /** Returns what a notification says. */
    Text text(Subject subject);

    /** Returns a content without texts: the application on the device chooses them. Always returns the same object. */
    static PushContent none() {
        return BuiltInPushContent.NONE;
    }

    /**
     * Returns a content whose title is the sender's name, or the id without a name. The title of the conversation follows
     * in brackets.
     */
    static PushContent sender() {
        return subject -> new Text(BuiltInPushContent.title(subject), null);
    }

    /**
     * Returns a content with the title of {@link #sender} and the beginning of the message, at most {@value #MAX_BODY}
     * UTF-16 units. A message without text shows the name of its file.
     */
    static PushContent full() {
        return subject -> new Text(BuiltInPushContent.title(subject), BuiltInPushContent.body(subject));
    }
}
