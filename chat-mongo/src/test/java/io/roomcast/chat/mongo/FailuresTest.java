package io.roomcast.chat.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketOpenException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.ChatException;
import io.roomcast.chat.model.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    private static final ServerAddress SERVER = new ServerAddress("db.example.com", 27017);

    static Stream<MongoException> lost() {
        return Stream.of(
                new MongoSocketReadException("cut", SERVER),
                new MongoSocketReadTimeoutException("late", SERVER, new RuntimeException()),
                new MongoInterruptedException("stopped", new InterruptedException()),
                new MongoNotPrimaryException(response(10107), SERVER),
                new MongoNodeIsRecoveringException(response(11602), SERVER),
                labelled(new MongoCommandException(response(6), SERVER)));
    }

    static Stream<MongoException> neverStored() {
        return Stream.of(
                new MongoTimeoutException("no server"),
                new MongoSocketOpenException("refused", SERVER, new RuntimeException()),
                new MongoCommandException(response(13), SERVER),
                new MongoWriteException(new WriteError(121, "no", new BsonDocument()), SERVER, List.of()));
    }

    private static BsonDocument response(int code) {
        return BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'no'}");
    }

    private static MongoException labelled(MongoException failure) {
        failure.addLabel("RetryableWriteError");
        return failure;
    }

    @ParameterizedTest
    @MethodSource("lost")
    void outcome_is_unknown_once_the_insert_may_have_arrived(MongoException failure) {
        assertThat(Failures.isOutcomeUnknown(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("neverStored")
    void outcome_is_known_where_nothing_was_sent_or_all_was_refused(MongoException failure) {
        assertThat(Failures.isOutcomeUnknown(failure)).isFalse();
    }

    @ParameterizedTest
    @MethodSource({"lost", "neverStored"})
    void failure_of_the_database_is_unavailability(MongoException failure) {
        assertThat(Failures.of(failure).code()).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
    }

    @ParameterizedTest
    @MethodSource("lost")
    void lost_write_has_an_unknown_outcome(MongoException failure) {
        assertThat(codeOfWrite(failure)).isEqualTo(ErrorCode.TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource("neverStored")
    void write_that_never_arrived_stored_nothing(MongoException failure) {
        assertThat(codeOfWrite(failure)).isEqualTo(ErrorCode.STORAGE_UNAVAILABLE);
        ChatException later =
                catchThrowableOfType(ChatException.class, () -> Failures.afterWrite((Runnable) () -> fail(failure)));
        assertThat(later.code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    private static ErrorCode codeOfWrite(MongoException failure) {
        return catchThrowableOfType(ChatException.class, () -> Failures.writing((Runnable) () -> fail(failure)))
                .code();
    }

    private static void fail(MongoException failure) {
        throw failure;
    }

    @Test
    void document_that_cannot_be_read_is_an_internal_error() {
        assertThat(Failures.of(new BsonInvalidOperationException("no field seq"))
                        .code())
                .isEqualTo(ErrorCode.INTERNAL_ERROR);
    }

    @Test
    void chat_failure_stays_itself() {
        ChatException failure = ChatException.of(ErrorCode.CONFLICT);

        assertThat(Failures.of(failure)).isSameAs(failure);
    }

    @Test
    void rejection_omits_the_servers_text() {
        BulkWriteError error = new BulkWriteError(121, "no", BsonDocument.parse("{value: 'private words'}"), 0);

        assertThat(Failures.of(error)).hasStackTraceContaining("121");
        assertThat(Failures.of(error).getCause()).hasMessageNotContaining("private words");
    }

    @Test
    void taken_number_is_recognized_by_the_index() {
        assertThat(Failures.indicatesTakenSeq(duplicate("conv_seq", "c"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c", " index: conv_seq dup key: "})
    void taken_key_is_recognized_by_the_index(String conversationId) {
        assertThat(Failures.indicatesTakenSeq(duplicate("conv_sender_key", conversationId)))
                .isFalse();
    }

    private static BulkWriteError duplicate(String index, String conversationId) {
        String text = "E11000 duplicate key error collection: chat.messages index: " + index
                + " dup key: { conversationId: \"" + conversationId + "\" }";
        return new BulkWriteError(11000, text, new BsonDocument(), 0);
    }
}
