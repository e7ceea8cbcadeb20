package io.roomcast.examples.benchmarks.load;

/**
 * How much load, and of which kind.
 *
 * @param transport how clients connect
 * @param rooms how many rooms
 * @param membersPerRoom how many clients in each
 * @param sendersPerRoom how many of them write
 * @param inFlight the messages of one sender on their way at any time; 0 where a rate is set
 * @param messagesPerSecond the messages of all senders a second; 0 where they follow each other
 * @param messagesPerSender the most that one sender sends where they follow each other
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

    /** How clients connect. */
    public enum Transport {
        /** WebSocket from the start. */
        WEBSOCKET,
        /** Long-polling to the end. */
        POLLING
    }

    /** Rooms with one sender each, over WebSocket, that keeps so many messages on their way. */
    public static LoadPlan saturated(int rooms, int membersPerRoom, int inFlight) {
        return new LoadPlan(Transport.WEBSOCKET, rooms, membersPerRoom, 1, inFlight, 0, Integer.MAX_VALUE);
    }

    /** Rooms with one sender each, over WebSocket, and so many deliveries a second in all. */
    public static LoadPlan paced(int rooms, int membersPerRoom, double deliveriesPerSecond) {
        double messages = deliveriesPerSecond / membersPerRoom;
        return new LoadPlan(Transport.WEBSOCKET, rooms, membersPerRoom, 1, 0, messages, Integer.MAX_VALUE);
    }

    /** The same with the given number of senders in each room. */
    public LoadPlan withSenders(int senders) {
        return new LoadPlan(transport, rooms, membersPerRoom, senders, inFlight, messagesPerSecond, messagesPerSender);
    }

    /** The same over another transport. */
    public LoadPlan over(Transport other) {
        return new LoadPlan(
                other, rooms, membersPerRoom, sendersPerRoom, inFlight, messagesPerSecond, messagesPerSender);
    }

    /** The same with an end. */
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
