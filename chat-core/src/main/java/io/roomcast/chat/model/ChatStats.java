package io.roomcast.chat.model;

/**
 * The load of a chat at one moment, and its totals since the start. Immutable.
 *
 * @param sessions the number of open sessions
 * @param users the number of users with an open session; anonymous sessions are not counted
 * @param rooms the number of rooms with at least one session
 * @param queued the number of commands that wait or run
 * @param persisted the number of stored messages since the start; repeated messages are not counted
 * @param broadcasts the number of events sent since the start, each counted once however many sessions received it
 * @param nodes the number of nodes of the cluster that live as far as this one knows, including this one; 1 without a bus
 * @param away whether the bus to other nodes is not connected, so that events of other nodes arrive late or not at all;
 *     false without a bus
 */
public record ChatStats(
        int sessions, int users, int rooms, int queued, long persisted, long broadcasts, int nodes, boolean away) {}
