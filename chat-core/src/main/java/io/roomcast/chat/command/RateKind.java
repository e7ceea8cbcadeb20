package io.roomcast.chat.command;

/** A rate that limits commands. Commands of one kind share the permits of a caller. */
public enum RateKind {
    /** Messages. */
    MESSAGES,
    /** Typing and viewing. */
    TYPING,
    /** Receipts, whatever the number of conversations in one command. */
    RECEIPTS,
    /** Rooms joined, alone or with others. */
    JOINS,
    /** Rooms left. */
    LEAVES,
    /** Reads of one conversation: its messages, reactions, receipts and members. */
    READS,
    /** Events of the application's own, sent to rooms. */
    EVENTS,
    /** Changes of preferences. */
    PREFERENCES,
    /** Signals between the participants of calls. */
    SIGNALS,
    /** What participants of calls report about themselves. */
    CALL_UPDATES,
    /** All other commands. */
    OTHERS,
    /** Users made members of conversations. */
    NEW_MEMBERS,
    /** Conversations in which messages are marked as delivered. */
    DELIVERED_MARKS
}
