package io.roomcast.chat.socketio.host;

import io.roomcast.chat.socketio.push.VapidKeys;
import io.roomcast.chat.socketio.push.WebPush;

/** Creates keys and Web Push, and prints why it cannot be created. */
final class WebPushMain {
    private WebPushMain() {}

    public static void main(String[] arguments) {
        VapidKeys keys = VapidKeys.generate();
        System.out.println("keys " + keys.publicKey().length());
        try {
            System.out.println(WebPush.builder(keys, "mailto:ops@example.com").build());
        } catch (IllegalStateException refused) {
            System.out.println(refused);
        }
    }
}
