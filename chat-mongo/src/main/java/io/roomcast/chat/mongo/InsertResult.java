package io.roomcast.chat.mongo;

import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.Message;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The result of one insert command. A message in neither list was not attempted.
 *
 * @param stored the messages that a majority holds
 * @param rejections the rejected messages, each with its error
 */
record InsertResult(List<StoredMessage> stored, List<Rejection> rejections) {
    /** A message that the server rejected, with the error. */
    record Rejection(Message message, BulkWriteError error) {}

    /**
     * Converts the server's reply.
     *
     * @param ordered whether the server stopped at the first error
     */
    static InsertResult of(List<StoredMessage> messages, List<BulkWriteError> errors, boolean ordered) {
        Set<Integer> rejected = errors.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
        int attempted = ordered && !errors.isEmpty() ? errors.get(0).getIndex() : messages.size();
        return new InsertResult(
                IntStream.range(0, attempted)
                        .filter(index -> !rejected.contains(index))
                        .mapToObj(messages::get)
                        .toList(),
                errors.stream()
                        .map(error ->
                                new Rejection(messages.get(error.getIndex()).message(), error))
                        .toList());
    }
}
