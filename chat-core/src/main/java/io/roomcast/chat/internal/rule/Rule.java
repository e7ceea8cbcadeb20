package io.roomcast.chat.internal.rule;

/** Checks the form of one command. */
@FunctionalInterface
interface Rule {
    /** Accepts any form, for commands without fields that could be invalid. */
    Rule NONE = () -> {};

    /**
     * Checks the command.
     *
     * @throws io.roomcast.chat.model.ChatException if no caller could be allowed this command
     */
    void check();
}
