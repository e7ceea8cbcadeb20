package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.Draft;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.NotifyLevel;
import io.roomcast.chat.model.Preference;
import io.roomcast.chat.model.Preferences;
import io.roomcast.chat.model.PreferencesUpdate;
import io.roomcast.chat.model.Privacy;
import io.roomcast.chat.model.PrivacyUpdate;
import io.roomcast.chat.model.ReplacedDraft;
import io.roomcast.chat.model.UserSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Stores what users prefer, one document for each user in each conversation, and one with the user's privacy. A field that has the value that users
 * without preferences have is absent. Safe for use by several threads; every method blocks.
 */
final class PreferenceDocuments {
    private static final String DRAFT_AT = DocumentFields.DRAFT + "." + DocumentFields.AT;

    /** A user may write drafts on several devices at a time, but rarely on more than two. */
    private static final int MAX_ATTEMPTS = 4;

    /** The fields without the texts of drafts. */
    private static final Document WITHOUT_TEXT = new Document(DocumentFields.DRAFT + "." + DocumentFields.CONTENT, 0);

    /** The conversation of the document with the user's privacy, which is read together with the preferences. */
    private static final String NO_CONVERSATION = "";

    private static final String READ_RECEIPTS = "readReceipts";
    private static final String TYPING = "typing";
    private static final String PRESENCE = "presence";

    private record Owned(String userId, String conversationId, Preferences preferences, Privacy privacy) {}

    private final DocumentReader<Document> reader = new DocumentReader<>("preferences");
    private final MongoCollection<Document> documents;

    PreferenceDocuments(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    /**
     * Changes the preferences and returns them.
     *
     * @throws ChatException {@link ErrorCode#CONFLICT} if the change replaces another draft
     */
    Preferences change(PreferencesUpdate update) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<Preferences> after = tryChange(update);
            if (after.isPresent()) {
                return after.get();
            }
            Preferences before =
                    of(update.userId(), List.of(update.conversationId())).get(update.conversationId());
            update.applyTo(before == null ? Preferences.NONE : before);
            if (before == null && update.onlyClears()) {
                return Preferences.NONE;
            }
        }
        throw ChatException.of(ErrorCode.CONFLICT);
    }

    /** Returns empty if the stored document is not as the change requires, or if there is none to clear. */
    private Optional<Preferences> tryChange(PreferencesUpdate update) {
        Document wanted = key(update.userId(), update.conversationId());
        ReplacedDraft replaced = update.draftBefore();
        if (replaced != null) {
            wanted.append(
                    replaced.at() == null ? DocumentFields.DRAFT : DRAFT_AT,
                    replaced.at() == null ? new Document("$exists", false) : Date.from(replaced.at()));
        }
        boolean creates = !update.onlyClears() && (replaced == null || replaced.at() == null);
        try {
            Document after = documents.findOneAndUpdate(
                    wanted,
                    changes(update),
                    new FindOneAndUpdateOptions().upsert(creates).returnDocument(ReturnDocument.AFTER));
            return Optional.ofNullable(after).map(PreferenceDocuments::read).map(Owned::preferences);
        } catch (MongoException failure) {
            if (!Failures.isDuplicateKey(failure)) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private static Document key(String userId, String conversationId) {
        return new Document(DocumentFields.USER_ID, userId).append(DocumentFields.CONVERSATION_ID, conversationId);
    }

    private static Document changes(PreferencesUpdate update) {
        Document set = new Document();
        Document unset = new Document();
        for (Preference preference : update.changed()) {
            Object value = stored(preference, update.values());
            if (value == null) {
                unset.append(field(preference), "");
            } else {
                set.append(field(preference), value);
            }
        }
        Document changes = new Document("$inc", new Document(DocumentFields.VERSION, 1L));
        Documents.append(changes, "$set", set.isEmpty() ? null : set);
        Documents.append(changes, "$unset", unset.isEmpty() ? null : unset);
        return changes;
    }

    private static String field(Preference preference) {
        return switch (preference) {
            case NOTIFY -> DocumentFields.NOTIFY;
            case MUTED_UNTIL -> DocumentFields.MUTED_UNTIL;
            case ARCHIVED -> DocumentFields.ARCHIVED;
            case FAVORITE -> DocumentFields.FAVORITE;
            case UNREAD_FROM -> DocumentFields.UNREAD_FROM;
            case DRAFT -> DocumentFields.DRAFT;
        };
    }

    /** Returns the stored value, or null if the field is absent. */
    private static @Nullable Object stored(Preference preference, Preferences values) {
        return switch (preference) {
            case NOTIFY ->
                values.notifyLevel() == NotifyLevel.ALL
                        ? null
                        : values.notifyLevel().wireName();
            case MUTED_UNTIL -> values.mutedUntil() == null ? null : Date.from(values.mutedUntil());
            case ARCHIVED -> values.archived() ? true : null;
            case FAVORITE -> values.favorite() ? true : null;
            case UNREAD_FROM -> values.unreadFrom();
            case DRAFT -> values.draft() == null ? null : write(values.draft());
        };
    }

    private static Document write(Draft draft) {
        Document written = new Document(DocumentFields.CONTENT, draft.content());
        Documents.append(written, DocumentFields.REPLY_TO, draft.replyTo());
        return written.append(DocumentFields.AT, Date.from(draft.at()));
    }

    /** Changes the user's privacy and returns it. */
    Privacy change(PrivacyUpdate update) {
        Document set = new Document();
        Document unset = new Document();
        append(update.readReceipts(), READ_RECEIPTS, set, unset);
        append(update.typing(), TYPING, set, unset);
        append(update.presence(), PRESENCE, set, unset);
        Document changes = new Document("$inc", new Document(DocumentFields.VERSION, 1L));
        Documents.append(changes, "$set", set.isEmpty() ? null : set);
        Documents.append(changes, "$unset", unset.isEmpty() ? null : unset);
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                return privacy(requireNonNull(documents.findOneAndUpdate(
                        key(update.userId(), NO_CONVERSATION),
                        changes,
                        new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER))));
            } catch (MongoException failure) {
                if (!Failures.isDuplicateKey(failure)) {
                    throw failure;
                }
            }
        }
        throw ChatException.of(ErrorCode.CONFLICT);
    }

    private static void append(@Nullable Boolean isShown, String field, Document set, Document unset) {
        if (isShown != null) {
            (isShown ? unset : set).append(field, false);
        }
    }

    private static Privacy privacy(Document stored) {
        return new Privacy(
                stored.getBoolean(READ_RECEIPTS, true),
                stored.getBoolean(TYPING, true),
                stored.getBoolean(PRESENCE, true));
    }

    /** Returns the user's preferences in the given conversations. */
    Map<String, Preferences> of(String userId, Collection<String> conversationIds) {
        Document wanted = new Document(DocumentFields.USER_ID, userId)
                .append(DocumentFields.CONVERSATION_ID, new Document("$in", List.copyOf(conversationIds)));
        Map<String, Preferences> found = new HashMap<>();
        reader.all(Reads.find(documents, wanted), PreferenceDocuments::read)
                .forEach(owned -> found.put(owned.conversationId(), owned.preferences()));
        return found;
    }

    /** Returns the settings of those users who have any, without the texts of drafts. */
    Map<String, UserSettings> settings(Collection<String> userIds) {
        Document wanted = new Document(DocumentFields.USER_ID, new Document("$in", List.copyOf(userIds)));
        Map<String, Map<String, Preferences>> found = new HashMap<>();
        Map<String, Privacy> privacies = new HashMap<>();
        reader.all(Reads.find(documents, wanted).projection(WITHOUT_TEXT), PreferenceDocuments::read)
                .forEach(owned -> {
                    Map<String, Preferences> all = found.computeIfAbsent(owned.userId(), userId -> new HashMap<>());
                    if (owned.conversationId().equals(NO_CONVERSATION)) {
                        privacies.put(owned.userId(), owned.privacy());
                    } else {
                        all.put(owned.conversationId(), owned.preferences());
                    }
                });
        Map<String, UserSettings> settings = new HashMap<>();
        found.forEach((userId, preferences) ->
                settings.put(userId, new UserSettings(preferences, privacies.getOrDefault(userId, Privacy.OPEN))));
        return settings;
    }

    /** Ends what new members of a conversation have marked as unread when they were members before. */
    void clearUnread(String conversationId, Collection<String> userIds) {
        documents.updateMany(
                new Document(DocumentFields.USER_ID, new Document("$in", List.copyOf(userIds)))
                        .append(DocumentFields.CONVERSATION_ID, conversationId)
                        .append(DocumentFields.UNREAD_FROM, new Document("$exists", true)),
                new Document("$unset", new Document(DocumentFields.UNREAD_FROM, ""))
                        .append("$inc", new Document(DocumentFields.VERSION, 1L)));
    }

    /** Checks that a document can be read. */
    static void check(Document stored) {
        Owned unused = read(stored);
    }

    private static Owned read(Document stored) {
        String notify = stored.getString(DocumentFields.NOTIFY);
        Preferences preferences = new Preferences(
                notify == null
                        ? NotifyLevel.ALL
                        : NotifyLevel.ofWireName(notify).orElse(NotifyLevel.ALL),
                instant(stored, DocumentFields.MUTED_UNTIL),
                stored.getBoolean(DocumentFields.ARCHIVED, false),
                stored.getBoolean(DocumentFields.FAVORITE, false),
                stored.containsKey(DocumentFields.UNREAD_FROM)
                        ? Documents.whole(stored, DocumentFields.UNREAD_FROM)
                        : null,
                draft(stored.get(DocumentFields.DRAFT, Document.class)),
                Documents.whole(stored, DocumentFields.VERSION));
        return new Owned(
                DocumentReader.text(stored, DocumentFields.USER_ID),
                DocumentReader.text(stored, DocumentFields.CONVERSATION_ID),
                preferences,
                privacy(stored));
    }

    private static @Nullable Draft draft(@Nullable Document stored) {
        return stored == null
                ? null
                : new Draft(
                        stored.get(DocumentFields.CONTENT, ""),
                        stored.getString(DocumentFields.REPLY_TO),
                        Documents.instant(stored, DocumentFields.AT));
    }

    private static @Nullable Instant instant(Document stored, String field) {
        Date date = stored.getDate(field);
        return date == null ? null : date.toInstant();
    }
}
