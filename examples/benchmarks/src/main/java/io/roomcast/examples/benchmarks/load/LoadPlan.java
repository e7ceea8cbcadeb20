package io.roomcast.examples.benchmarks.load;

/**
 * The kind and the amount of load.
 *
 * @param transport the clients' transport
 * @param rooms the number of rooms
 * @param membersPerRoom the clients in each room
 * @param sendersPerRoom the members of each room that send
 * @param inFlight the messages that each sender keeps in flight; 0 with a rate
 * @param messagesPerSecond the messages a second of all senders; 0 with messages in flight
 * @param messagesPerSender the maximum of one sender with messages in flight
 */
public record LoadPlan(
        Transport transport,
        int rooms,
        int membersPerRoom,
        int sendersPerRoom,
        int inFlight,
        double messagesPerSecond,
        int messagesPerSender) {
    private static final int CONTENT_LENGTH = 200;

    /** The transport of clients. */
    public enum Transport {
        /** WebSocket from the first byte. */
        WEBSOCKET,
        /** Long-polling without an upgrade. */
        POLLING
    }

    /**
     * Returns a plan over WebSocket with one sender in each room, which keeps the given number of messages in flight.
     */
    public static LoadPlan saturated(int rooms, int membersPerRoom, int inFlight) {
        return new LoadPlan(Transport.WEBSOCKET, rooms, membersPerRoom, 1, inFlight, 0, Integer.MAX_VALUE);
    }

    /** Returns a plan over WebSocket with one sender in each room, and the given total of deliveries a second. */
    public static LoadPlan paced(int rooms, int membersPerRoom, double deliveriesPerSecond) {
        double messages = deliveriesPerSecond / membersPerRoom;
        return new LoadPlan(Transport.WEBSOCKET, rooms, membersPerRoom, 1, 0, messages, Integer.MAX_VALUE);
    }

    /** Returns this plan with the given number of senders in each room. */
    public LoadPlan withSenders(int senders) {
        return new LoadPlan(transport, rooms, membersPerRoom, senders, inFlight, messagesPerSecond, messagesPerSender);
    }

    /** Returns this plan over another transport. */
    public LoadPlan over(Transport other) {
        return new LoadPlan(
                other, rooms, membersPerRoom, sendersPerRoom, inFlight, messagesPerSecond, messagesPerSender);
    }

    /** Returns this plan with a maximum of messages for each sender. */
    public LoadPlan upTo(int messages) {
        return new LoadPlan(transport, rooms, membersPerRoom, sendersPerRoom, inFlight, messagesPerSecond, messages);
    }

    int clients() {
        return rooms * membersPerRoom;
    }

    int contentLength() {
        return CONTENT_LENGTH;
    }
}
