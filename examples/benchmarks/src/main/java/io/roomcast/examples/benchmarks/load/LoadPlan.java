package io.roomcast.examples.benchmarks.load;

import java.util.Optional;

/**
 * Describes a load. Immutable.
 *
 * @param transport the transport of all clients
 * @param rooms the number of rooms
 * @param membersPerRoom the number of clients in each room
 * @param sendersPerRoom the number of clients in each room that send
 * @param inFlight the number of messages that each sender keeps in flight; 0 if there is a rate
 * @param messagesPerSecond the rate of all senders together; 0 if there is a number of messages in flight
 * @param messagesPerSender the maximum number of messages of each sender, unless there is a rate
 * @param users the beginning of the token of each client, which the room follows; empty for clients without tokens
 */
public record LoadPlan(
        Transport transport,
        int rooms,
        int membersPerRoom,
        int sendersPerRoom,
        int inFlight,
        double messagesPerSecond,
        int messagesPerSender,
        Optional<String> users) {
    private static final int CONTENT_LENGTH = 200;

    /** A transport of Engine.IO. */
    public enum Transport {
        /** WebSocket, without polling first. */
        WEBSOCKET,
        /** Long-polling, without an upgrade. */
        POLLING
    }

    /** Returns a plan with one sender in each room, over WebSocket, which keeps messages in flight. */
    public static LoadPlan saturated(int rooms, int membersPerRoom, int inFlight) {
        return new LoadPlan(
                Transport.WEBSOCKET, rooms, membersPerRoom, 1, inFlight, 0, Integer.MAX_VALUE, Optional.empty());
    }

    /** Returns a plan with one sender in each room, over WebSocket, and a rate of deliveries in total. */
    public static LoadPlan paced(int rooms, int membersPerRoom, double deliveriesPerSecond) {
        double messages = deliveriesPerSecond / membersPerRoom;
        return new LoadPlan(
                Transport.WEBSOCKET, rooms, membersPerRoom, 1, 0, messages, Integer.MAX_VALUE, Optional.empty());
    }

    /** Returns this plan with another number of senders in each room. */
    public LoadPlan withSenders(int senders) {
        return new LoadPlan(
                transport, rooms, membersPerRoom, senders, inFlight, messagesPerSecond, messagesPerSender, users);
    }

    /** Returns this plan over another transport. */
    public LoadPlan over(Transport other) {
        return new LoadPlan(
                other, rooms, membersPerRoom, sendersPerRoom, inFlight, messagesPerSecond, messagesPerSender, users);
    }

    /** Returns this plan with a maximum number of messages of each sender. */
    public LoadPlan upTo(int messages) {
        return new LoadPlan(
                transport, rooms, membersPerRoom, sendersPerRoom, inFlight, messagesPerSecond, messages, users);
    }

    /** Returns this plan with a user for all clients of a room, whose token begins with the name. */
    public LoadPlan withUsers(String name) {
        return new LoadPlan(
                transport,
                rooms,
                membersPerRoom,
                sendersPerRoom,
                inFlight,
                messagesPerSecond,
                messagesPerSender,
                Optional.of(name));
    }

    int clients() {
        return rooms * membersPerRoom;
    }

    int contentLength() {
        return CONTENT_LENGTH;
    }
}
