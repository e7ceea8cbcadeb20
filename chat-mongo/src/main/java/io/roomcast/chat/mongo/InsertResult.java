package io.roomcast.chat.mongo;

import com.mongodb.bulk.BulkWriteError;
import io.roomcast.chat.model.Message;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What became of the messages of one command; those of which nothing is said were not tried.
 *
 * @param stored those that a majority holds
 * @param refusals the others, each with its reason
 */
record InsertResult(List<StoredMessage> stored, List<Refusal> refusals) {
    /** That one message was refused. */
    record Refusal(Message message, BulkWriteError error) {}

    /**
     * Reads the server's answer.
     *
     * @param inOrder whether nothing was tried after the first refusal
     */
    static InsertResult of(List<StoredMessage> placed, List<BulkWriteError> errors, boolean inOrder) {
        Set<Integer> refused = errors.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
        int tried = inOrder && !errors.isEmpty() ? errors.get(0).getIndex() : placed.size();
        return new InsertResult(
                IntStream.range(0, tried)
                        .filter(index -> !refused.contains(index))
                        .mapToObj(placed::get)
                        .toList(),
                errors.stream()
                        .map(error -> new Refusal(placed.get(error.getIndex()).message(), error))
                        .toList());
    }
}
