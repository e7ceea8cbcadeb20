package io.roomcast.chat.socketio.testkit;

import io.roomcast.chat.model.PushDevice;
import io.roomcast.chat.model.PushMessage;
import io.roomcast.chat.spi.PushNotifier;
import io.roomcast.chat.spi.PushResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends no push notification, and records what it is to send. */
public final class PushRecorder implements PushNotifier {
    /** A notification and the token of its device. */
    public record Sent(String token, PushMessage message) {}

    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    @Override
    public String platform() {
        return "web";
    }

    @Override
    public Map<String, String> clientSettings() {
        return Map.of("applicationServerKey", "key");
    }

    @Override
    public PushResult send(PushDevice device, PushMessage message) {
        sent.add(new Sent(device.token(), message));
        return PushResult.delivered();
    }

    /** Returns what was sent, oldest first. */
    public List<Sent> sent() {
        return sent;
    }
}
