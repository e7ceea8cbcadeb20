package io.roomcast.chat.socketio.push;

import io.roomcast.chat.model.PushDevice;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Devices with keys by their names in tests: {@code valid}, {@code none}, or what an attacker may send. */
final class Keys {
    private static final Browser VALID = Browser.create();

    private Keys() {}

    static PushDevice device(String publicKey, String auth) {
        Map<String, String> keys = new HashMap<>();
        put(keys, "p256dh", publicKey);
        put(keys, "auth", auth);
        return new PushDevice(
                "device", "ann", "web", "https://fcm.googleapis.com/abc", keys, null, null, Instant.EPOCH, 0);
    }

    private static void put(Map<String, String> keys, String name, String value) {
        switch (value) {
            case "none" -> {}
            case "valid" -> keys.put(name, VALID.keys().get(name));
            case "hybrid" -> keys.put(name, startingWith((byte) 6));
            case "unknown" -> keys.put(name, startingWith((byte) 0));
            case "off" -> keys.put(name, point("0".repeat(127) + "1"));
            case "infinity" -> keys.put(name, point("0".repeat(128)));
            case "beyond" -> keys.put(name, point("f".repeat(128)));
            default -> keys.put(name, value);
        }
    }

    /** Returns the valid point with another first byte, which says in which form it is. */
    private static String startingWith(byte form) {
        byte[] point = Base64.getUrlDecoder().decode(VALID.keys().get("p256dh"));
        point[0] = form;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(point);
    }

    private static String point(String coordinates) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex("04" + coordinates));
    }
}
