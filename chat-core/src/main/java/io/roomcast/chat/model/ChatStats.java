package io.roomcast.chat.model;

/**
 * What a chat has to do at one moment, and has done since it began. Immutable.
 *
 * @param sessions the sessions that are open
 * @param users the users that they belong to; anonymous sessions belong to none
 * @param rooms the conversations that somebody listens to
 * @param queued the commands that wait or run
 * @param persisted the messages that were stored since the start, repeats not counted
 * @param broadcasts the events that were told to anybody since the start, however many heard each
 */
public record ChatStats(int sessions, int users, int rooms, int queued, long persisted, long broadcasts) {}
