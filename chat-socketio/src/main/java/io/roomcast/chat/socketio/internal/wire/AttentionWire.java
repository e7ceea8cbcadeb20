package io.roomcast.chat.socketio.internal.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.roomcast.chat.command.GetMentions;
import io.roomcast.chat.command.GetUnread;
import io.roomcast.chat.command.SetPreferences;
import io.roomcast.chat.command.SetPrivacy;
import io.roomcast.chat.event.PreferencesChanged;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.ReplacedDraft;
import io.roomcast.chat.socketio.internal.json.Cursors;
import io.roomcast.chat.socketio.internal.json.FieldWriter;
import io.roomcast.chat.socketio.internal.json.JsonFields;
import io.roomcast.chat.socketio.internal.json.Payload;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What users prefer, on the wire. */
final class AttentionWire {
    private static final String PREFERENCES = "preferences";
    private static final String NOTIFY = "notify";
    private static final String MUTED_UNTIL = "mutedUntil";
    private static final String ARCHIVED = "archived";
    private static final String FAVORITE = "favorite";
    private static final String UNREAD_FROM = "unreadFrom";
    private static final String DRAFT = "draft";
    private static final String DRAFT_BEFORE = "draftBefore";
    private static final String READ_RECEIPTS = "readReceipts";
    private static final String TYPING = "typing";
    private static final String PRESENCE = "presence";

    private static final Map<Preference, String> FIELDS = new EnumMap<>(Map.of(
            Preference.NOTIFY, NOTIFY,
            Preference.MUTED_UNTIL, MUTED_UNTIL,
            Preference.ARCHIVED, ARCHIVED,
            Preference.FAVORITE, FAVORITE,
            Preference.UNREAD_FROM, UNREAD_FROM,
            Preference.DRAFT, DRAFT));

    static final List<WireCommand<?>> COMMANDS = List.of(
            WireCommand.of(
                    SetPreferences.class,
                    "setPreferences",
                    AttentionWire::setPreferences,
                    (json, reply) -> preferences(json, reply.preferences())),
            WireCommand.of(SetPrivacy.class, "setPrivacy", AttentionWire::setPrivacy, AttentionWire::privacy),
            WireCommand.of(GetUnread.class, "getUnread", AttentionWire::getUnread, AttentionWire::totals),
            WireCommand.ofUser(GetMentions.class, "getMentions", AttentionWire::getMentions, AttentionWire::listed));

    static final List<WireEvent<?>> EVENTS =
            List.of(new WireEvent<>(PreferencesChanged.class, "preferencesChanged", AttentionWire::preferencesChanged));

    private AttentionWire() {}

    /** Reads the fields that the payload has. Null sets a field to what it is without preferences. */
    private static SetPreferences setPreferences(JsonNode argument) {
        Payload payload = Payload.of(argument);
        Set<Preference> changed = new HashSet<>();
        FIELDS.forEach((preference, field) -> {
            if (payload.names(field)) {
                changed.add(preference);
            }
        });
        ReplacedDraft replaced =
                payload.names(DRAFT_BEFORE) ? new ReplacedDraft(payload.optionalTime(DRAFT_BEFORE)) : null;
        return new SetPreferences(payload.text(JsonFields.CONVERSATION_ID), changed, values(payload), replaced);
    }

    private static Preferences values(Payload payload) {
        return new Preferences(
                level(payload.optionalText(NOTIFY)),
                payload.optionalTime(MUTED_UNTIL),
                Boolean.TRUE.equals(payload.optionalBoolean(ARCHIVED)),
                Boolean.TRUE.equals(payload.optionalBoolean(FAVORITE)),
                payload.optionalLong(UNREAD_FROM),
                draft(payload.optionalPayload(DRAFT)),
                0);
    }

    private static NotifyLevel level(@Nullable String name) {
        return name == null
                ? NotifyLevel.ALL
                : NotifyLevel.ofWireName(name).orElseThrow(() -> ChatException.invalid(NOTIFY));
    }

    private static @Nullable Draft draft(@Nullable Payload draft) {
        return draft == null
                ? null
                : new Draft(draft.text(JsonFields.CONTENT), draft.optionalText(MessageJson.REPLY_TO), Instant.EPOCH);
    }

    /** Writes preferences as a field. Leaves out what the user has not set. */
    static void preferences(JsonGenerator json, Preferences preferences) throws IOException {
        json.writeObjectFieldStart(PREFERENCES);
        if (preferences.notifyLevel() != NotifyLevel.ALL) {
            json.writeStringField(NOTIFY, preferences.notifyLevel().wireName());
        }
        FieldWriter.optionalTime(json, MUTED_UNTIL, preferences.mutedUntil());
        if (preferences.archived()) {
            json.writeBooleanField(ARCHIVED, true);
        }
        if (preferences.favorite()) {
            json.writeBooleanField(FAVORITE, true);
        }
        if (preferences.unreadFrom() != null) {
            json.writeNumberField(UNREAD_FROM, preferences.unreadFrom());
        }
        if (preferences.draft() != null) {
            draft(json, preferences.draft());
        }
        json.writeNumberField(JsonFields.VERSION, preferences.version());
        json.writeEndObject();
    }

    private static void draft(JsonGenerator json, Draft draft) throws IOException {
        json.writeObjectFieldStart(DRAFT);
        json.writeStringField(JsonFields.CONTENT, draft.content());
        FieldWriter.optional(json, MessageJson.REPLY_TO, draft.replyTo());
        FieldWriter.time(json, "at", draft.at());
        json.writeEndObject();
    }

    private static SetPrivacy setPrivacy(JsonNode argument) {
        Payload payload = Payload.of(argument);
        return new SetPrivacy(
                payload.optionalBoolean(READ_RECEIPTS),
                payload.optionalBoolean(TYPING),
                payload.optionalBoolean(PRESENCE));
    }

    private static void privacy(JsonGenerator json, SetPrivacy.Changed reply) throws IOException {
        Privacy privacy = reply.privacy();
        json.writeObjectFieldStart("privacy");
        json.writeBooleanField(READ_RECEIPTS, privacy.readReceipts());
        json.writeBooleanField(TYPING, privacy.typing());
        json.writeBooleanField(PRESENCE, privacy.presence());
        json.writeEndObject();
    }

    private static GetUnread getUnread(JsonNode argument) {
        Payload unused = Payload.of(argument);
        return new GetUnread();
    }

    private static void totals(JsonGenerator json, GetUnread.Totals reply) throws IOException {
        json.writeNumberField("conversations", reply.conversations());
        json.writeNumberField("messages", reply.messages());
        json.writeNumberField(MessageJson.MENTIONS, reply.mentions());
    }

    private static GetMentions getMentions(JsonNode argument) {
        Payload payload = Payload.of(argument);
        String cursor = payload.optionalText(JsonFields.CURSOR);
        return new GetMentions(
                cursor == null ? null : Cursors.decodeMention(cursor, JsonFields.CURSOR),
                payload.optionalInt(JsonFields.LIMIT));
    }

    private static void listed(JsonGenerator json, GetMentions.Listed reply, @Nullable String userId)
            throws IOException {
        MessageJson.messages(json, reply.messages(), userId);
        if (reply.next() != null) {
            json.writeStringField(JsonFields.NEXT, Cursors.encode(reply.next()));
        }
    }

    private static void preferencesChanged(JsonGenerator json, PreferencesChanged event) throws IOException {
        json.writeStartObject();
        json.writeStringField(JsonFields.CONVERSATION_ID, event.conversationId());
        preferences(json, event.preferences());
        json.writeEndObject();
    }
}
