package io.roomcast.chat.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.function.Supplier;
import org.bson.BsonMaximumSizeExceededException;

/** What the driver's failures mean for the chat. */
final class Failures {
    private static final String INDEX_LABEL = " index: ";

    private Failures() {}

    /** Asks the database, and says its failures in the chat's words. */
    static <T> T translated(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException failure) {
            throw of(failure);
        }
    }

    /** As {@link #translated(Supplier)}, where there is nothing to answer. */
    static void translated(Runnable order) {
        try {
            order.run();
        } catch (RuntimeException failure) {
            throw of(failure);
        }
    }

    /** The failure as the chat's own. */
    static ChatException of(RuntimeException failure) {
        if (failure instanceof ChatException known) {
            return known;
        }
        if (failure instanceof BsonMaximumSizeExceededException) {
            return ChatException.of(ErrorCode.MESSAGE_TOO_LONG, failure);
        }
        // The driver answers with IllegalStateException once its client is closed.
        if (failure instanceof MongoException || failure instanceof IllegalStateException) {
            return ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, failure);
        }
        return ChatException.of(ErrorCode.INTERNAL_ERROR, failure);
    }

    /** The refusal of one document for another reason than its keys; the server's text may quote the document. */
    static ChatException of(BulkWriteError refusal) {
        String text = "MongoDB refused the document with code " + refusal.getCode();
        return ChatException.of(ErrorCode.INTERNAL_ERROR, new MongoException(refusal.getCode(), text));
    }

    /** Whether a failed insert may have stored something all the same. */
    static boolean isOutcomeUnknown(MongoException failure) {
        if (failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoOperationTimeoutException) {
            return true;
        }
        boolean neverSent = failure instanceof MongoClientException || failure instanceof MongoSocketOpenException;
        boolean refused = failure instanceof MongoCommandException && !failure.hasErrorLabel("RetryableWriteError");
        return !neverSent && !refused;
    }

    /** Whether to try again at once is of no use: the driver has waited already, or will not be let in. */
    static boolean isFinal(MongoException failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoSecurityException
                || failure instanceof MongoInterruptedException;
    }

    static boolean isDuplicateKey(MongoException failure) {
        return isDuplicateKey(failure.getCode());
    }

    static boolean isDuplicateKey(BulkWriteError refusal) {
        return isDuplicateKey(refusal.getCode());
    }

    private static boolean isDuplicateKey(int code) {
        return ErrorCategory.fromErrorCode(code) == ErrorCategory.DUPLICATE_KEY;
    }

    /**
     * Returns whether the server's error text says that the document's sequence number was taken.
     *
     * <p>The wording differs between servers, so the result is only a hint about what to check first.
     */
    static boolean seemsPlaceTaken(BulkWriteError refusal) {
        return isDuplicateKey(refusal) && Indexes.CONV_SEQ.equals(indexNamedIn(refusal.getMessage()));
    }

    /** The first name counts: the text ends with the document's values, which could pass for another. */
    private static String indexNamedIn(String text) {
        int start = text.indexOf(INDEX_LABEL) + INDEX_LABEL.length();
        int end = text.indexOf(' ', start);
        return end < 0 ? "" : text.substring(start, end);
    }

    /** Whether nothing failed but for documents that are there already. */
    static boolean areDuplicateKeysOnly(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(Failures::isDuplicateKey);
    }
}
