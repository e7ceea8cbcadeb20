package io.roomcast.chat.mongo;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import io.roomcast.chat.model.Message;
import io.roomcast.chat.model.MessageDraft;
import io.roomcast.chat.model.MessagePreview;
import io.roomcast.chat.mongo.Heads.Moment;
import io.roomcast.chat.mongo.InsertResult.Rejection;
import io.roomcast.chat.mongo.SequenceAllocator.Proposal;
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
 * Runs one call of {@code append}: proposes a sequence number for each message, inserts the messages, and handles what
 * the unique indexes reject.
 *
 * <p>A number is proposed only if its predecessor is known to be stored or precedes it in the same ordered command. So
 * there is never a gap, and a message becomes visible only after its predecessor. For one thread.
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
    private final SequenceAllocator allocator;
    private final Previews previews;
    private final RetryBudget retryBudget;
    private final boolean onePerConversation;
    private final List<MessageDraft> drafts;
    private final Map<Key, AppendResult> results = new HashMap<>();
    private final Map<Key, MessageDraft> pending = new LinkedHashMap<>();
    private final Map<String, MessagePreview> expiring = new HashMap<>();
    private final AppendRejections rejections = new AppendRejections();
    private int maxBatch = Integer.MAX_VALUE;
    private int duplicateLookups;
    private boolean outcomeUnknown;

    /**
     * Creates an operation that has not started.
     *
     * @param onePerConversation whether each command is unordered and carries at most one message of each conversation;
     *     for a sharded cluster, which runs an ordered command shard by shard
     */
    AppendOperation(
            MessageLog log,
            SequenceAllocator allocator,
            Previews previews,
            RetryBudget retryBudget,
            boolean onePerConversation,
            List<MessageDraft> drafts) {
        this.log = log;
        this.allocator = allocator;
        this.previews = previews;
        this.retryBudget = retryBudget;
        this.onePerConversation = onePerConversation;
        this.drafts = List.copyOf(drafts);
        // A second draft under the same key would end the ordered command that carries the first.
        this.drafts.forEach(draft -> pending.putIfAbsent(Key.of(draft), draft));
    }

    /** Tries until every draft has a result. Returns one result for each draft, in the drafts' order. */
    List<AppendResult> run() {
        while (!pending.isEmpty()) {
            try {
                attempt();
            } catch (MongoException failure) {
                failUnlessRetryable(failure);
            } catch (RuntimeException failure) {
                isolateFailure(failure);
            }
        }
        flushExpiring();
        return resultsInOrder();
    }

    private void attempt() {
        if (outcomeUnknown) {
            findStored();
        }
        List<MessageDraft> batch = nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        Proposal proposal = allocator.propose(batch);
        ChatException deleted = ChatException.of(ErrorCode.CONVERSATION_NOT_FOUND);
        proposal.deleted().forEach(draft -> complete(draft, new AppendResult.Failed(deleted)));
        List<StoredMessage> proposed = proposal.messages();
        if (proposed.isEmpty()) {
            resolveConditional(proposal.unmet());
            return;
        }
        Moment sent = allocator.now();
        InsertResult inserted = insert(proposed);
        inserted.stored().forEach(stored -> {
            allocator.inserted(stored.message(), sent);
            completeStored(stored);
        });
        if (!inserted.rejections().isEmpty()) {
            handleRejections(inserted.rejections());
        }
    }

    /**
     * Decides about drafts that require another newest message than the one that is known. A known one may be too old,
     * but never too new.
     */
    private void resolveConditional(List<MessageDraft> drafts) {
        Set<String> behind = drafts.stream()
                .filter(draft -> draft.ifLatestSeq() != null
                        && draft.ifLatestSeq() > allocator.highestSeen(draft.conversationId())
                        && rejections.isFirstOf(draft))
                .map(MessageDraft::conversationId)
                .collect(Collectors.toSet());
        if (!behind.isEmpty()) {
            allocator.refresh(behind);
            return;
        }
        lookUpDuplicates(drafts);
        for (MessageDraft draft : drafts) {
            if (pending.containsKey(Key.of(draft))) {
                long latest = allocator.highestSeen(draft.conversationId());
                complete(draft, new AppendResult.Failed(ChatException.notNext(latest)));
            }
        }
    }

    /** Completes drafts that an earlier attempt stored although its reply was lost. */
    private void findStored() {
        log.stored(List.copyOf(pending.values())).forEach(this::completeStored);
    }

    /** Sends drafts of contended conversations last, so that their rejection does not delay the others. */
    private List<MessageDraft> nextBatch() {
        List<MessageDraft> candidates = onePerConversation ? firstOfEachConversation() : List.copyOf(pending.values());
        return rejections.contendedLast(candidates).stream().limit(maxBatch).toList();
    }

    private List<MessageDraft> firstOfEachConversation() {
        Map<String, MessageDraft> first = new LinkedHashMap<>();
        pending.values().forEach(draft -> first.putIfAbsent(draft.conversationId(), draft));
        return List.copyOf(first.values());
    }

    private InsertResult insert(List<StoredMessage> proposed) {
        try {
            return log.insert(proposed, !onePerConversation);
        } catch (MongoException failure) {
            outcomeUnknown |= Failures.isOutcomeUnknown(failure);
            throw failure;
        }
    }

    /**
     * Determines why messages were rejected: a duplicate idempotency key, a duplicate sequence number, or both.
     *
     * <p>The first rejection of a draft is classified by the server's error text, which saves a query. A second
     * rejection is looked up by key.
     */
    private void handleRejections(List<Rejection> rejected) {
        List<MessageDraft> duplicates = new ArrayList<>();
        for (Rejection rejection : rejected) {
            MessageDraft draft = requireNonNull(pending.get(Key.of(rejection.message())));
            if (!Failures.isDuplicateKey(rejection.error())) {
                complete(draft, new AppendResult.Failed(Failures.of(rejection.error())));
            } else if (!rejections.isFirstOf(draft) || !Failures.indicatesTakenSeq(rejection.error())) {
                duplicates.add(draft);
            }
        }
        lookUpDuplicates(duplicates);
        refreshHeads(rejected.stream()
                .map(Rejection::message)
                .filter(message -> pending.containsKey(Key.of(message)))
                .map(Message::conversationId)
                .collect(Collectors.toSet()));
    }

    /**
     * Reads the newest messages of conversations in which a sequence number was taken. Also does so if a key was taken
     * by a message that no majority holds yet, because that message may still be rolled back.
     *
     * <p>The first stale head suggests that others are stale too, so all are refreshed. If a refreshed number is
     * rejected again, another node is writing at this moment.
     */
    private void refreshHeads(Set<String> conversationIds) {
        if (conversationIds.isEmpty()) {
            return;
        }
        Set<String> contended = rejections.recordConflicts(conversationIds);
        if (!contended.isEmpty() && !retryBudget.allowsRetryAfterConflict()) {
            fail(draft -> contended.contains(draft.conversationId()), ChatException.of(failureCode()));
        }
        allocator.refresh(rejections.isFirstConflict() ? pendingConversations() : conversationIds);
    }

    private Set<String> pendingConversations() {
        return pending.values().stream().map(MessageDraft::conversationId).collect(Collectors.toSet());
    }

    private void lookUpDuplicates(List<MessageDraft> duplicates) {
        if (!duplicates.isEmpty()) {
            log.findByKeys(lookedUp(duplicates)).forEach(this::resolveDuplicate);
        }
    }

    /** Looks up all pending drafts from the second time on, because a client is then probably resending everything. */
    private List<MessageDraft> lookedUp(List<MessageDraft> duplicates) {
        return duplicateLookups++ == 0 ? duplicates : List.copyOf(pending.values());
    }

    private void resolveDuplicate(StoredMessage found) {
        Message message = found.message();
        MessageDraft draft = requireNonNull(pending.get(Key.of(message)));
        if (outcomeUnknown && message.id().equals(draft.id())) {
            completeStored(found);
        } else if (log.isExpired(found)) {
            log.freeKey(message);
        } else {
            allocator.found(message);
            addIfExpiring(found);
            complete(Key.of(message), new AppendResult.Duplicate(message));
        }
    }

    private void completeStored(StoredMessage stored) {
        Message message = stored.message();
        allocator.found(message);
        previews.add(message);
        addIfExpiring(stored);
        complete(Key.of(message), new AppendResult.Stored(message));
    }

    private void addIfExpiring(StoredMessage stored) {
        if (stored.expiresAt() != null) {
            Message message = stored.message();
            expiring.merge(message.conversationId(), MessagePreview.of(message), Previews::newer);
        }
    }

    /**
     * Writes the previews of expiring messages before their acknowledgement. Once the last message has been removed,
     * the conversation's document is the only record of the highest sequence number.
     */
    private void flushExpiring() {
        while (!expiring.isEmpty() && !previews.tryFlush(expiring)) {
            if (!retryBudget.allowsRetryAfterFailure()) {
                AppendResult unknown = new AppendResult.Failed(ChatException.of(ErrorCode.TIMEOUT));
                results.replaceAll((key, result) -> expiring.containsKey(key.conversationId()) ? unknown : result);
                expiring.clear();
            }
        }
    }

    private void failUnlessRetryable(MongoException failure) {
        if (Failures.isFinal(failure) || !retryBudget.allowsRetryAfterFailure()) {
            fail(draft -> true, ChatException.of(failureCode(), failure));
        }
    }

    /**
     * Handles a failure that the database did not cause, such as a message that cannot be encoded. Sends one message
     * for each command from now on, so that only that message fails.
     */
    private void isolateFailure(RuntimeException failure) {
        List<MessageDraft> batch = nextBatch();
        if (batch.size() == 1) {
            complete(batch.get(0), new AppendResult.Failed(Failures.of(failure, outcomeUnknown)));
            return;
        }
        maxBatch = 1;
        outcomeUnknown = true;
    }

    private ErrorCode failureCode() {
        return outcomeUnknown ? ErrorCode.TIMEOUT : ErrorCode.STORAGE_UNAVAILABLE;
    }

    private void fail(Predicate<MessageDraft> condition, ChatException cause) {
        List.copyOf(pending.values()).stream()
                .filter(condition)
                .forEach(draft -> complete(draft, new AppendResult.Failed(cause)));
    }

    private void complete(MessageDraft draft, AppendResult result) {
        complete(Key.of(draft), result);
    }

    private void complete(Key key, AppendResult result) {
        results.put(key, result);
        pending.remove(key);
    }

    private List<AppendResult> resultsInOrder() {
        List<AppendResult> ordered = new ArrayList<>(drafts.size());
        for (MessageDraft draft : drafts) {
            Key key = Key.of(draft);
            AppendResult result = requireNonNull(results.get(key));
            ordered.add(result);
            if (result instanceof AppendResult.Stored stored) {
                results.put(key, new AppendResult.Duplicate(stored.message()));
            }
        }
        return ordered;
    }
}
