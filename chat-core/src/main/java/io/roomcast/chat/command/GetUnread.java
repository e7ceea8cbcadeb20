package io.roomcast.chat.command;

import java.util.Optional;

/** Counts the user's unread messages in all conversations that are neither muted nor archived. */
public record GetUnread() implements UserCommand<GetUnread.Totals> {
    @Override
    public Optional<RateKind> rate() {
        return Optional.of(RateKind.OTHERS);
    }

    /**
     * The numbers.
     *
     * @param conversations the number of conversations with unread messages
     * @param messages the number of unread messages in them
     * @param mentions the number of those messages that mention the user or all members
     */
    public record Totals(long conversations, long messages, long mentions) {}
}
