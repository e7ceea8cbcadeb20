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
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.function.Supplier;
import org.bson.BsonMaximumSizeExceededException;

/** Classifies the driver's exceptions and converts them to the chat's. */
final class Failures {
    private static final String INDEX_LABEL = " index: ";

    private Failures() {}

    /** Runs an operation that has written nothing before, and converts its exceptions. */
    static <T> T translating(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (RuntimeException failure) {
            throw of(failure);
        }
    }

    /** Does the same as {@link #translating(Supplier)} for an operation without a result. */
    static void translating(Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException failure) {
            throw of(failure);
        }
    }

    /** Runs one write and converts its exceptions. The code states whether the write may have been applied. */
    static <T> T writing(Supplier<T> write) {
        try {
            return write.get();
        } catch (RuntimeException failure) {
            throw of(failure, failure instanceof MongoException lost && isOutcomeUnknown(lost));
        }
    }

    /** Does the same as {@link #writing(Supplier)} for a write without a result. */
    static void writing(Runnable write) {
        writing(() -> {
            write.run();
            return true;
        });
    }

    /** Runs the rest of an operation that has written something before, and converts its exceptions. */
    static <T> T afterWrite(Supplier<T> rest) {
        try {
            return rest.get();
        } catch (RuntimeException failure) {
            throw of(failure, true);
        }
    }

    /** Does the same as {@link #afterWrite(Supplier)} for a rest without a result. */
    static void afterWrite(Runnable rest) {
        afterWrite(() -> {
            rest.run();
            return true;
        });
    }

    /**
     * Returns the chat's exception for a failure.
     *
     * @param isOutcomeUnknown whether the operation may have stored something
     */
    static ChatException of(RuntimeException failure, boolean isOutcomeUnknown) {
        ChatException known = of(failure);
        return isOutcomeUnknown && known.code() == ErrorCode.STORAGE_UNAVAILABLE
                ? ChatException.of(ErrorCode.TIMEOUT, failure)
                : known;
    }

    /** Returns the chat's exception for a failure; the failure itself if it is one already. */
    static ChatException of(RuntimeException failure) {
        if (failure instanceof ChatException known) {
            return known;
        }
        if (failure instanceof BsonMaximumSizeExceededException) {
            return ChatException.of(ErrorCode.MESSAGE_TOO_LONG, failure);
        }
        // The driver throws IllegalStateException once its client is closed.
        if (failure instanceof MongoException || failure instanceof IllegalStateException) {
            return ChatException.of(ErrorCode.STORAGE_UNAVAILABLE, failure);
        }
        return ChatException.of(ErrorCode.INTERNAL_ERROR, failure);
    }

    /** Returns the exception for a rejected document. Omits the server's text, which may quote the document. */
    static ChatException of(BulkWriteError rejection) {
        String text = "MongoDB rejected the document with code " + rejection.getCode();
        return ChatException.of(ErrorCode.INTERNAL_ERROR, new MongoException(rejection.getCode(), text));
    }

    /** Returns whether a failed write may have been applied. */
    static boolean isOutcomeUnknown(MongoException failure) {
        if (failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoOperationTimeoutException) {
            return true;
        }
        boolean neverSent = failure instanceof MongoClientException || failure instanceof MongoSocketOpenException;
        boolean answered = failure instanceof MongoCommandException || failure instanceof MongoWriteException;
        boolean rejected = answered && !failure.hasErrorLabel("RetryableWriteError");
        return !neverSent && !rejected;
    }

    /**
     * Returns whether an immediate retry is useless: the driver has waited already, its credentials were rejected, or the
     * thread is interrupted.
     */
    static boolean isFinal(MongoException failure) {
        return failure instanceof MongoTimeoutException
                || failure instanceof MongoSecurityException
                || failure instanceof MongoInterruptedException;
    }

    /** Returns whether a unique index rejected the write. */
    static boolean isDuplicateKey(MongoException failure) {
        return isDuplicateKey(failure.getCode());
    }

    /** Returns whether a unique index rejected the document. */
    static boolean isDuplicateKey(BulkWriteError rejection) {
        return isDuplicateKey(rejection.getCode());
    }

    private static boolean isDuplicateKey(int code) {
        return ErrorCategory.fromErrorCode(code) == ErrorCategory.DUPLICATE_KEY;
    }

    /**
     * Returns whether the server's error text says that the document's sequence number was taken.
     *
     * <p>The text differs between servers, so the result only decides what is checked first.
     */
    static boolean indicatesTakenSeq(BulkWriteError rejection) {
        return isDuplicateKey(rejection) && Indexes.CONV_SEQ.equals(indexNamedIn(rejection.getMessage()));
    }

    /** Returns the first name in the text. The text ends with the document's values, which could look like another one. */
    private static String indexNamedIn(String text) {
        int start = text.indexOf(INDEX_LABEL) + INDEX_LABEL.length();
        int end = text.indexOf(' ', start);
        return end < 0 ? "" : text.substring(start, end);
    }

    /** Returns whether the only errors are duplicate keys. */
    static boolean areDuplicateKeysOnly(MongoBulkWriteException failure) {
        return failure.getWriteConcernError() == null
                && failure.getWriteErrors().stream().allMatch(Failures::isDuplicateKey);
    }
}
