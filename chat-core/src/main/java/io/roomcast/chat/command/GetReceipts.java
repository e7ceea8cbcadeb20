package io.roomcast.chat.command;

import static java.util.Objects.requireNonNull;

import io.roomcast.chat.model.Action;
import io.roomcast.chat.model.Checks;
import io.roomcast.chat.model.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * Reads the receipts of a conversation.
 *
 * @param conversationId the conversation
 */
public record GetReceipts(String conversationId) implements Command<GetReceipts.Receipts> {
    /** Rejects null. */
    public GetReceipts {
        requireNonNull(conversationId, "conversationId");
    }

    @Override
    public Optional<Action> action() {
        return Optional.of(Action.READ);
    }

    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.READS);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.visit(this);
    }

    /**
     * The receipts of a conversation.
     *
     * @param receipts at most one of each kind for each user, in no particular order
     */
    public record Receipts(List<Receipt> receipts) {
        /** Copies the list. */
        public Receipts {
            receipts = Checks.list(receipts, "receipts");
        }
    }
}
