package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.mongo.Heads.Moment;
import io.roomcast.chat.mongo.InsertResult.Refusal;
import io.roomcast.chat.spi.AppendResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One call of append: guesses each message's place, inserts, and lets the unique indexes say what was wrong.
 *
 * <p>A place is guessed only where its predecessor is known to be stored, or comes before it in the same ordered
 * command; so there is never a hole, and a message becomes visible after its predecessor. For one thread.
 */
final class AppendOperation {
    private record Key(String conversationId, String senderId, String clientMessageId) {
        static Key of(MessageDraft draft) {
            return new Key(draft.conversationId(), draft.senderId(), draft.clientMessageId());
        }

        static Key of(Message message) {
            return new Key(message.conversationId(), message.senderId(), message.clientMessageId());
        }
    }

    private final MessageLog log;
    private final SequenceAllocator places;
    private final Previews previews;
    private final RetryBudget patience;
    private final boolean inWaves;
    private final List<MessageDraft> drafts;
    private final Map<Key, AppendResult> results = new HashMap<>();
    private final Map<Key, MessageDraft> pending = new LinkedHashMap<>();
    private final Map<String, MessagePreview> expiring = new HashMap<>();
    private final AppendRejections refusals = new AppendRejections();
    private int atOnce = Integer.MAX_VALUE;
    private int refusedKeys;
    private boolean unsure;

    /**
     * A run that has not begun.
     *
     * @param inWaves whether each command carries at most one message of each conversation, in no order; for a sharded
     *     cluster, which would take an ordered command shard by shard
     */
    AppendOperation(
            MessageLog log,
            SequenceAllocator places,
            Previews previews,
            RetryBudget patience,
            boolean inWaves,
            List<MessageDraft> drafts) {
        this.log = log;
        this.places = places;
        this.previews = previews;
        this.patience = patience;
        this.inWaves = inWaves;
        this.drafts = List.copyOf(drafts);
        // A second draft under one key would stop the batch that carries the first.
        this.drafts.forEach(draft -> pending.putIfAbsent(Key.of(draft), draft));
    }

    /** Tries until each draft has its answer. */
    List<AppendResult> run() {
        while (!pending.isEmpty()) {
            try {
                attempt();
            } catch (MongoException failure) {
                afterLoss(failure);
            } catch (RuntimeException failure) {
                afterPoison(failure);
            }
        }
        secure();
        return answers();
    }

    private void attempt() {
        if (unsure) {
            settle();
        }
        List<MessageDraft> batch = batch();
        if (batch.isEmpty()) {
            return;
        }
        List<StoredMessage> placed = places.guess(batch);
        Moment sent = places.now();
        InsertResult insertion = insert(placed);
        insertion.stored().forEach(stored -> {
            places.inserted(stored.message(), sent);
            stored(stored);
        });
        if (!insertion.refusals().isEmpty()) {
            refused(insertion.refusals());
        }
    }

    /** Returns the result of messages that an earlier attempt stored although its reply was lost. */
    private void settle() {
        log.stored(List.copyOf(pending.values())).forEach(this::stored);
    }

    /** Sends conversations that other nodes write to last, so that they do not delay the others. */
    private List<MessageDraft> batch() {
        List<MessageDraft> drafts = inWaves ? firstOfEach() : List.copyOf(pending.values());
        return refusals.contendedLast(drafts).stream().limit(atOnce).toList();
    }

    private List<MessageDraft> firstOfEach() {
        Map<String, MessageDraft> first = new LinkedHashMap<>();
        pending.values().forEach(draft -> first.putIfAbsent(draft.conversationId(), draft));
        return List.copyOf(first.values());
    }

    private InsertResult insert(List<StoredMessage> placed) {
        try {
            return log.insert(placed, !inWaves);
        } catch (MongoException failure) {
            unsure |= Failures.isOutcomeUnknown(failure);
            throw failure;
        }
    }

    /**
     * Finds out why messages were refused: a duplicate idempotency key, a duplicate sequence number, or both.
     *
     * <p>The first refusal of a draft is classified by the server's error text, which saves a query. A second refusal
     * is looked up by key.
     */
    private void refused(List<Refusal> refused) {
        List<MessageDraft> repeats = new ArrayList<>();
        for (Refusal refusal : refused) {
            MessageDraft draft = requireNonNull(pending.get(Key.of(refusal.message())));
            if (!Failures.isDuplicateKey(refusal.error())) {
                answer(draft, new AppendResult.Failed(Failures.of(refusal.error())));
            } else if (!refusals.isFirstOf(draft) || !Failures.seemsPlaceTaken(refusal.error())) {
                repeats.add(draft);
            }
        }
        answerFromStore(repeats);
        correct(refused.stream()
                .map(Refusal::message)
                .filter(message -> pending.containsKey(Key.of(message)))
                .map(Message::conversationId)
                .collect(Collectors.toSet()));
    }

    /**
     * Reads the newest messages of conversations where a sequence number was taken. Also does so where a key was taken
     * by a message that no majority holds yet, because that message may still vanish.
     *
     * <p>The first wrong guess suggests that others are wrong too, so it corrects all of them. If a corrected guess is
     * refused again, another node is writing at this moment.
     */
    private void correct(Set<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return;
        }
        Set<String> contended = refusals.met(conversationIds);
        if (!contended.isEmpty() && !patience.allowsAnotherAfterMeeting()) {
            fail(draft -> contended.contains(draft.conversationId()), ChatException.of(failureCode()));
        }
        places.correct(refusals.isFirstMeeting() ? conversationsPending() : conversationIds);
    }

    private Set<String> conversationsPending() {
        return pending.values().stream().map(MessageDraft::conversationId).collect(Collectors.toSet());
    }

    private void answerFromStore(List<MessageDraft> repeats) {
        if (!repeats.isEmpty()) {
            log.underKeysOf(suspects(repeats)).forEach(this::repeated);
        }
    }

    /** One repeat may come alone; a second one means that a client sends again all that it has. */
    private List<MessageDraft> suspects(List<MessageDraft> repeats) {
        return refusedKeys++ == 0 ? repeats : List.copyOf(pending.values());
    }

    private void repeated(StoredMessage found) {
        Message message = found.message();
        MessageDraft draft = requireNonNull(pending.get(Key.of(message)));
        if (unsure && message.id().equals(draft.id())) {
            stored(found);
        } else if (log.isExpired(found)) {
            log.freeKey(message);
        } else {
            places.found(message);
            secureLater(found);
            answer(Key.of(message), new AppendResult.Duplicate(message));
        }
    }

    private void stored(StoredMessage stored) {
        Message message = stored.message();
        places.found(message);
        previews.note(message);
        secureLater(stored);
        answer(Key.of(message), new AppendResult.Stored(message));
    }

    private void secureLater(StoredMessage stored) {
        if (stored.expiresAt() != null) {
            Message message = stored.message();
            expiring.merge(message.conversationId(), MessagePreview.of(message), Previews::newer);
        }
    }

    /**
     * Acknowledges a message that expires only after the conversation's document records its sequence number. Once the
     * last message has been removed, that document is the only record of the highest number.
     */
    private void secure() {
        while (!expiring.isEmpty() && !previews.secure(expiring)) {
            if (!patience.allowsAnother()) {
                AppendResult unsecured = new AppendResult.Failed(ChatException.of(ErrorCode.TIMEOUT));
                results.replaceAll((key, result) -> expiring.containsKey(key.conversationId()) ? unsecured : result);
                expiring.clear();
            }
        }
    }

    private void afterLoss(MongoException failure) {
        if (Failures.isFinal(failure) || !patience.allowsAnother()) {
            fail(draft -> true, ChatException.of(failureCode(), failure));
        }
    }

    /** Something other than the database failed, such as the encoding of one message: one by one, to find it. */
    private void afterPoison(RuntimeException failure) {
        List<MessageDraft> batch = batch();
        if (batch.size() == 1) {
            answer(batch.get(0), new AppendResult.Failed(Failures.of(failure)));
            return;
        }
        atOnce = 1;
        unsure = true;
    }

    private ErrorCode failureCode() {
        return unsure ? ErrorCode.TIMEOUT : ErrorCode.STORAGE_UNAVAILABLE;
    }

    private void fail(Predicate<MessageDraft> which, ChatException cause) {
        List.copyOf(pending.values()).stream()
                .filter(which)
                .forEach(draft -> answer(draft, new AppendResult.Failed(cause)));
    }

    private void answer(MessageDraft draft, AppendResult result) {
        answer(Key.of(draft), result);
    }

    private void answer(Key key, AppendResult result) {
        results.put(key, result);
        pending.remove(key);
    }

    private List<AppendResult> answers() {
        List<AppendResult> answers = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            Key key = Key.of(draft);
            AppendResult result = requireNonNull(results.get(key));
            answers.add(result);
            if (result instanceof AppendResult.Stored stored) {
                results.put(key, new AppendResult.Duplicate(stored.message()));
            }
        }
        return answers;
    }
}
