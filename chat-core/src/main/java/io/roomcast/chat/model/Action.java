package io.roomcast.chat.model;

/** An action in a conversation that the access policy permits or refuses. */
public enum Action {
    /** Join the room and receive its events. */
    JOIN,
    /** Send a message. */
    SEND,
    /** Read the conversation, its messages or its receipts. */
    READ,
    /** Report that the user is typing or viewing. */
    TYPE,
    /** Edit, delete or pin a message. The chat itself checks that the user is the author or a moderator. */
    EDIT,
    /** Add or remove a reaction. */
    REACT,
    /** Report messages as delivered or read. */
    MARK,
    /** Send an event of the application's own. */
    SEND_EVENT,
    /** Start a call, or join one. */
    CALL,
    /** Change the conversation or its members. */
    MANAGE
}
