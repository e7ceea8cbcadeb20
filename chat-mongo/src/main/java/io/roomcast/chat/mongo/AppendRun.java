package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.spi.AppendResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of append: guesses each message's place, inserts, and lets the unique indexes say what was wrong.
 *
 * <p>A place is guessed only where its predecessor is known to be stored, or comes before it in the same ordered
 * command; so there is never a hole, and a message becomes visible after its predecessor. For one thread.
 */
final class AppendRun {
    private record Key(String conversationId, String senderId, String clientMessageId) {
        static Key of(MessageDraft draft) {
            return new Key(draft.conversationId(), draft.senderId(), draft.clientMessageId());
        }

        static Key of(Message message) {
            return new Key(message.conversationId(), message.senderId(), message.clientMessageId());
        }
    }

    private final MessageLog log;
    private final Places places;
    private final Patience patience;
    private final List<MessageDraft> drafts;
    private final Map<Key, AppendResult> results = new HashMap<>();
    private final Map<Key, MessageDraft> pending = new LinkedHashMap<>();
    private int atOnce = Integer.MAX_VALUE;
    private int refusedKeys;
    private boolean unsure;

    AppendRun(MessageLog log, Places places, Patience patience, List<MessageDraft> drafts) {
        this.log = log;
        this.places = places;
        this.patience = patience;
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
        List<Message> placed = places.guess(batch);
        Optional<BulkWriteError> refusal = insert(placed);
        int taken = refusal.map(BulkWriteError::getIndex).orElse(placed.size());
        placed.subList(0, taken).forEach(this::stored);
        refusal.ifPresent(error -> refused(batch.get(taken), error));
    }

    private List<MessageDraft> batch() {
        return pending.values().stream().limit(atOnce).toList();
    }

    private Optional<BulkWriteError> insert(List<Message> placed) {
        try {
            return log.insert(placed);
        } catch (MongoException failure) {
            unsure |= Failures.isOutcomeUnknown(failure);
            throw failure;
        }
    }

    /** Answers what an earlier try stored without our hearing of it. */
    private void settle() {
        log.stored(List.copyOf(pending.values())).forEach(this::stored);
    }

    private void refused(MessageDraft draft, BulkWriteError error) {
        if (!Failures.isDuplicateKey(error)) {
            answer(draft, new AppendResult.Failed(Failures.of(error)));
            return;
        }
        if (Failures.isPlaceTaken(error) || !answerFromStore(draft)) {
            places.forget(draft);
            if (!patience.allowsAnother()) {
                fail(ChatException.of(failureCode()));
            }
        }
    }

    /** False if its key was refused but a majority does not hold the other message yet: then it may still vanish. */
    private boolean answerFromStore(MessageDraft draft) {
        log.underKeysOf(suspects(draft)).forEach(this::repeated);
        return !pending.containsKey(Key.of(draft));
    }

    /** One repeat may come alone; a second one means that a client sends again all that it has. */
    private List<MessageDraft> suspects(MessageDraft refused) {
        return refusedKeys++ == 0 ? List.of(refused) : List.copyOf(pending.values());
    }

    private void repeated(Message message) {
        MessageDraft draft = requireNonNull(pending.get(Key.of(message)));
        if (unsure && message.id().equals(draft.id())) {
            stored(message);
            return;
        }
        places.raise(message);
        answer(Key.of(message), new AppendResult.Duplicate(message));
    }

    private void stored(Message message) {
        places.raise(message);
        answer(Key.of(message), new AppendResult.Stored(message));
    }

    private void afterLoss(MongoException failure) {
        pending.values().forEach(places::forget);
        if (Failures.isFinal(failure) || !patience.allowsAnother()) {
            fail(ChatException.of(failureCode(), failure));
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

    private void fail(ChatException cause) {
        List.copyOf(pending.values()).forEach(draft -> answer(draft, new AppendResult.Failed(cause)));
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
