package io.roomcast.chat.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.roomcast.chat.model.Call;
import io.roomcast.chat.model.CallInvitation;
import io.roomcast.chat.model.CallMedia;
import io.roomcast.chat.model.CallOutcome;
import io.roomcast.chat.model.CallParticipant;
import io.roomcast.chat.model.CallPeer;
import io.roomcast.chat.spi.CallStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bson.BsonInvalidOperationException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Stores the call of each conversation that has one, under the conversation's id, until its message is stored. Safe for use
 * by several threads; every method blocks.
 */
final class CallDocuments implements CallStore {
    static final String CALL_ID = "callId";

    /** All users whom the call names. */
    static final String USER_IDS = "userIds";

    private static final String REVISION = "revision";
    private static final String DIRECT = "direct";
    private static final String MEDIA = "media";
    private static final String STARTED_BY = "startedBy";
    private static final String STARTED_AT = "startedAt";
    private static final String ACTIVE_AT = "activeAt";
    private static final String ENDED_AT = "endedAt";
    private static final String OUTCOME = "outcome";
    private static final String ENDED_BY = "endedBy";
    private static final String CONNECTED = "connected";
    private static final String ALONE_SINCE = "aloneSince";
    private static final String NEXT_INDEX = "nextIndex";
    private static final String USERS = "users";
    private static final String INVITED = "invited";
    private static final String STATE = "state";
    private static final String PARTICIPANTS = "participants";
    private static final String PARTICIPANT_ID = "id";
    private static final String INDEX = "index";
    private static final String AUDIO = "audio";
    private static final String VIDEO = "video";
    private static final String SCREEN = "screen";
    private static final String AWAY = "away";
    private static final String KEY_HASH = "keyHash";
    private static final String UNTIL = "until";

    private static final Document EARLIEST_FIRST = new Document(DocumentFields.DUE_AT, 1);
    private static final int MAX_ATTEMPTS = 4;

    private final DocumentReader<Document> reader = new DocumentReader<>("calls");
    private final MongoCollection<Document> documents;

    CallDocuments(MongoCollection<Document> documents) {
        this.documents = documents;
    }

    @Override
    public Call start(Call call, Instant dueAt) {
        return Failures.writing(() -> insert(call, dueAt));
    }

    /** Stores a call, unless the conversation has one. Returns the call that the conversation has then. */
    private Call insert(Call call, Instant dueAt) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                documents.insertOne(write(call, dueAt));
                return call;
            } catch (MongoException failure) {
                if (!Failures.isDuplicateKey(failure)) {
                    throw failure;
                }
            }
            Optional<Call> existing =
                    all(Documents.byId(call.conversationId())).stream().findFirst();
            if (existing.isPresent()) {
                return existing.get();
            }
        }
        throw new MongoException("calls of a conversation ended as often as one was started");
    }

    private List<Call> all(Document wanted) {
        return reader.all(Reads.find(documents, wanted), CallDocuments::read);
    }

    @Override
    public Optional<Call> find(String callId) {
        return Failures.translating(() -> stored(callId));
    }

    private Optional<Call> stored(String callId) {
        return all(new Document(CALL_ID, callId)).stream().findFirst();
    }

    @Override
    public List<Call> in(Collection<String> conversationIds) {
        return conversationIds.isEmpty()
                ? List.of()
                : Failures.translating(() -> running(Documents.byIds(List.copyOf(conversationIds))));
    }

    private List<Call> running(Document wanted) {
        return all(wanted).stream().filter(call -> !call.isEnded()).toList();
    }

    @Override
    public List<Call> of(Collection<String> userIds) {
        Document wanted = new Document(USER_IDS, new Document("$in", List.copyOf(userIds)));
        return Failures.translating(() -> running(wanted)).stream()
                .filter(call -> !Collections.disjoint(call.present(), userIds))
                .toList();
    }

    @Override
    public boolean update(Call call, Instant dueAt) {
        return Failures.writing(() -> replace(call, dueAt));
    }

    /** Replaces a call if the stored one has the revision before. Removes one that another may replace. */
    private boolean replace(Call call, Instant dueAt) {
        Document expected = Documents.byId(call.conversationId())
                .append(CALL_ID, call.callId())
                .append(REVISION, call.revision() - 1);
        return call.isReplaceable()
                ? documents.deleteOne(expected).getDeletedCount() == 1
                : documents.replaceOne(expected, write(call, dueAt)).getMatchedCount() == 1;
    }

    @Override
    public List<Call> due(Instant now, int limit) {
        Document wanted = new Document(DocumentFields.DUE_AT, new Document("$lte", Date.from(now)));
        return Failures.translating(() -> reader.page(
                limit, asked -> Reads.page(documents, wanted, asked).sort(EARLIEST_FIRST), CallDocuments::read));
    }

    /** Replaces an erased user in the calls that name the user. */
    void erase(String userId, String erasedId) {
        Document wanted = new Document(USER_IDS, userId);
        List<Document> page;
        boolean isChanged;
        do {
            page = Reads.page(documents, wanted, Sweep.STEP).into(new ArrayList<>());
            isChanged = false;
            for (Document stored : page) {
                Optional<Call> call = reader.read(stored, CallDocuments::read);
                call.ifPresent(read -> erase(read, Documents.instant(stored, DocumentFields.DUE_AT), userId, erasedId));
                isChanged |= call.isPresent();
            }
        } while (isChanged && page.size() == Sweep.STEP);
    }

    private void erase(Call call, Instant dueAt, String userId, String erasedId) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<Call> before = stored(call.callId());
            if (before.isEmpty() || replace(before.get().renaming(userId, erasedId), dueAt)) {
                return;
            }
        }
        throw new MongoException("a call changed as often as a user was removed from it");
    }

    private static Document write(Call call, Instant dueAt) {
        Document written = Documents.byId(call.conversationId())
                .append(CALL_ID, call.callId())
                .append(REVISION, call.revision())
                .append(DIRECT, call.isDirect())
                .append(MEDIA, call.media().wireName())
                .append(STARTED_BY, call.startedBy())
                .append(STARTED_AT, Date.from(call.startedAt()));
        Documents.append(written, ACTIVE_AT, date(call.activeAt()));
        Documents.append(written, ENDED_AT, date(call.endedAt()));
        Documents.append(
                written, OUTCOME, call.outcome() == null ? null : call.outcome().wireName());
        Documents.append(written, ENDED_BY, call.endedBy());
        Documents.append(written, CONNECTED, call.connected());
        Documents.append(written, ALONE_SINCE, date(call.aloneSince()));
        return written.append(NEXT_INDEX, call.nextIndex())
                .append(USERS, call.users())
                .append(
                        INVITED,
                        call.invited().stream().map(CallDocuments::write).toList())
                .append(
                        PARTICIPANTS,
                        call.participants().stream().map(CallDocuments::write).toList())
                .append(USER_IDS, List.copyOf(call.named()))
                .append(DocumentFields.DUE_AT, Date.from(dueAt));
    }

    private static @Nullable Date date(@Nullable Instant time) {
        return time == null ? null : Date.from(time);
    }

    private static Document write(CallInvitation invitation) {
        return new Document(DocumentFields.USER_ID, invitation.userId())
                .append(STATE, invitation.state().wireName());
    }

    private static Document write(CallParticipant participant) {
        CallPeer peer = participant.peer();
        return new Document(PARTICIPANT_ID, peer.participantId())
                .append(INDEX, peer.index())
                .append(DocumentFields.USER_ID, peer.userId())
                .append(AUDIO, peer.audio())
                .append(VIDEO, peer.video())
                .append(SCREEN, peer.screen())
                .append(AWAY, peer.away())
                .append(KEY_HASH, participant.keyHash())
                .append(UNTIL, Date.from(participant.until()));
    }

    /** Returns the call that a document holds. */
    static Call read(Document stored) {
        String outcome = stored.getString(OUTCOME);
        return new Call(
                DocumentReader.text(stored, CALL_ID),
                DocumentReader.text(stored, DocumentFields.ID),
                stored.getBoolean(DIRECT, false),
                known(stored, MEDIA, CallMedia::ofWireName),
                DocumentReader.text(stored, STARTED_BY),
                Documents.instant(stored, STARTED_AT),
                instant(stored, ACTIVE_AT),
                instant(stored, ENDED_AT),
                outcome == null ? null : known(stored, OUTCOME, CallOutcome::ofWireName),
                stored.getString(ENDED_BY),
                stored.getBoolean(CONNECTED),
                instant(stored, ALONE_SINCE),
                false,
                Math.toIntExact(Documents.whole(stored, NEXT_INDEX)),
                stored.getList(USERS, String.class, List.of()),
                stored.getList(INVITED, Document.class, List.of()).stream()
                        .map(CallDocuments::invitation)
                        .toList(),
                stored.getList(PARTICIPANTS, Document.class, List.of()).stream()
                        .map(CallDocuments::participant)
                        .toList(),
                Documents.whole(stored, REVISION));
    }

    private static <E> E known(Document stored, String field, Function<String, Optional<E>> values) {
        return values.apply(DocumentReader.text(stored, field))
                .orElseThrow(() -> new BsonInvalidOperationException("an unknown " + field));
    }

    private static @Nullable Instant instant(Document stored, String field) {
        Date date = stored.getDate(field);
        return date == null ? null : date.toInstant();
    }

    private static CallInvitation invitation(Document stored) {
        return new CallInvitation(
                DocumentReader.text(stored, DocumentFields.USER_ID),
                known(stored, STATE, CallInvitation.State::ofWireName));
    }

    private static CallParticipant participant(Document stored) {
        CallPeer peer = new CallPeer(
                DocumentReader.text(stored, PARTICIPANT_ID),
                Math.toIntExact(Documents.whole(stored, INDEX)),
                DocumentReader.text(stored, DocumentFields.USER_ID),
                stored.getBoolean(AUDIO, false),
                stored.getBoolean(VIDEO, false),
                stored.getBoolean(SCREEN, false),
                stored.getBoolean(AWAY, false));
        return new CallParticipant(peer, DocumentReader.text(stored, KEY_HASH), Documents.instant(stored, UNTIL));
    }
}
