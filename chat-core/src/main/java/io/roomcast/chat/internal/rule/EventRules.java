package io.roomcast.chat.internal.rule;

import io.roomcast.chat.command.HandleEvent;
import io.roomcast.chat.command.SendEvent;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.FixedLimits;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks events of the application's own. */
public final class EventRules {
    private static final String TO_USER_IDS = "toUserIds";

    private final IdRules ids;

    EventRules(IdRules ids) {
        this.ids = ids;
    }

    /** Checks an event for a room. */
    public void send(SendEvent send) {
        event(send.name(), send.data());
        if (send.toUserIds().size() > FixedLimits.EVENT_USERS) {
            throw ChatException.invalid(TO_USER_IDS, "at most " + FixedLimits.EVENT_USERS + " users");
        }
        ids.userIds(send.toUserIds(), TO_USER_IDS);
    }

    /** Checks an event of the host for users. */
    public void sendToUsers(Collection<String> userIds, String name, @Nullable String data) {
        event(name, data);
        if (userIds.size() > FixedLimits.EVENT_RECIPIENTS) {
            throw ChatException.invalid("userIds", "at most " + FixedLimits.EVENT_RECIPIENTS + " users");
        }
        ids.userIds(List.copyOf(userIds), "userIds");
    }

    /** Checks an event for a handler of the host. */
    public void handle(HandleEvent handle) {
        name(handle.name(), ":", "A-Z, a-z, 0-9, dot, colon, hyphen and underscore");
        FieldRules.require(isJson(handle.payload()), "payload");
    }

    private static void event(String name, @Nullable String data) {
        name(name, "", "A-Z, a-z, 0-9, dot, hyphen and underscore");
        if (data != null) {
            data(data);
        }
    }

    private static void name(String name, String more, String expected) {
        if (name.isEmpty()) {
            throw ChatException.missing("name");
        }
        if (name.length() > FixedLimits.EVENT_NAME_LENGTH
                || !name.chars().allMatch(unit -> isOfName(unit) || more.indexOf(unit) >= 0)) {
            throw ChatException.invalid("name", "1 to " + FixedLimits.EVENT_NAME_LENGTH + " of " + expected);
        }
    }

    private static boolean isOfName(int unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || unit == '.'
                || unit == '-'
                || unit == '_';
    }

    private static void data(String data) {
        if (data.length() > FixedLimits.EVENT_DATA_LENGTH) {
            throw ChatException.of(ErrorCode.PAYLOAD_TOO_LARGE);
        }
        if (!isJson(data)) {
            throw ChatException.invalid("data", "a JSON value as text, without numbers out of JavaScript's range");
        }
    }

    /** Returns whether clients can parse the text as a JSON value. */
    public static boolean isJson(String text) {
        return TextRules.isWellFormed(text) && JsonSyntax.isValue(text);
    }
}
