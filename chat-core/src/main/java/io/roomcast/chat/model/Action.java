package io.roomcast.chat.model;

/** What somebody wants to do in a conversation. */
public enum Action {
    /** Listen to what happens. */
    JOIN,
    /** Send a message. */
    SEND,
    /** Read messages. */
    READ,
    /** Tell that they are typing, or looking. */
    TYPE,
    /** Change or delete a message. */
    EDIT,
    /** React to a message. */
    REACT,
    /** Tell which messages they have. */
    MARK,
    /** Change the conversation or its members. */
    MANAGE
}
