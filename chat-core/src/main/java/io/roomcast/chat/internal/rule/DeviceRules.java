package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.RegisterDevice;
import io.roomcast.chat.command.UnregisterDevice;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.FixedLimits;
import java.util.regex.Pattern;

/** Checks the form of requests about devices. */
public final class DeviceRules {
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1," + FixedLimits.DEVICE_TOKEN_LENGTH + "}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9_-]{1,32}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8}){0,7}");
    private static final int MAX_KEYS = 8;

    DeviceRules() {}

    public void register(RegisterDevice command) {
        if (command.platform().isEmpty()) {
            throw ChatException.missing("platform");
        }
        FieldRules.require(PLATFORM.matcher(command.platform()).matches(), "platform");
        token(command.token());
        FieldRules.require(command.keys().size() <= MAX_KEYS, "keys");
        command.keys().forEach(DeviceRules::key);
        FieldRules.require(
                command.locale() == null || LOCALE.matcher(command.locale()).matches(), "locale");
    }

    private static void key(String name, String value) {
        FieldRules.require(KEY_NAME.matcher(name).matches(), "keys");
        FieldRules.require(KEY.matcher(value).matches(), "keys." + name);
    }

    public void unregister(UnregisterDevice command) {
        token(command.token());
    }

    private static void token(String token) {
        if (token.isEmpty()) {
            throw ChatException.missing("token");
        }
        if (!TOKEN.matcher(token).matches()) {
            throw ChatException.invalid(
                    "token", "1 to " + FixedLimits.DEVICE_TOKEN_LENGTH + " visible characters of ASCII");
        }
    }

    /** Returns whether a platform may have the name. */
    public static boolean isPlatform(String name) {
        return PLATFORM.matcher(name).matches();
    }
}
