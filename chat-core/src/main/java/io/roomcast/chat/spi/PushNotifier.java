package io.roomcast.chat.spi;

import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import java.util.Map;

/**
 * Sends push notifications to the devices of one platform, through the platform's push service. Pass it to {@link
 * io.roomcast.chat.ChatEngineBuilder#push}.
 *
 * <p>The chat decides which devices receive what and when, repeats what a service could not accept, and removes devices
 * that are gone. An implementation only sends one notification and returns the answer.
 *
 * <p>Methods are called on threads that are kept for pushes, several at the same time. A notifier that is slow, hangs or
 * throws delays other notifications, but never the chat.
 */
public interface PushNotifier {
    /**
     * Returns the name under which clients register devices of this platform: 1 to 32 small letters, digits and hyphens,
     * such as {@code web}, {@code apns} or {@code fcm}. Always the same.
     */
    String platform();

    /**
     * Returns whether a notification may reach a device without anything being shown. Returns false unless overridden.
     * Browsers, for example, withdraw the permission from a site whose notifications show nothing. Only a notifier that
     * returns true receives notifications of the type {@link PushMessage.Type#READ}. Called once, before the chat starts.
     */
    default boolean silent() {
        return false;
    }

    /**
     * Returns what clients need to register a device, by name. They receive it when they connect, as {@code push} under
     * the platform's name. Called once, before the chat starts. Returns an empty map unless overridden.
     */
    default Map<String, String> clientSettings() {
        return Map.of();
    }

    /**
     * Checks the token and the keys of a device that a client registers. They may have been made up by an attacker. Does
     * nothing unless overridden. Called on a worker, so it must not block. The chat has already checked that the token
     * has 1 to 2,048 ASCII characters without spaces, and that there are at most 8 keys of at most 256 characters.
     *
     * @throws io.roomcast.chat.model.ChatException {@link io.roomcast.chat.model.ErrorCode#INVALID_PAYLOAD} with the
     *     field, such as {@code token} or {@code keys.p256dh}
     */
    default void check(PushDevice device) {}

    /**
     * Returns the push service to which a device belongs. If a service accepts nothing for several devices, all of its
     * devices wait. Returns the platform unless overridden; for Web Push it is the host of the endpoint.
     * Must not block.
     */
    default String service(PushDevice device) {
        return platform();
    }

    /**
     * Sends a notification. May block; a call that takes longer than 15 seconds is interrupted and counts as {@link
     * PushResult#later()}, as does an exception.
     *
     * @return the answer of the push service
     * @throws Exception if there was none
     */
    PushResult send(PushDevice device, PushMessage message) throws Exception;
}
