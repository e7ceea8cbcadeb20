package io.roomcast.chat.socketio.contract;

import java.util.List;
import java.util.stream.Stream;

/** The whole contract: the events of clients, the events of the server, and the types of their arguments. */
final class WireContract {
    static final List<Request> REQUESTS = joined(Stream.of(
            RoomContract.REQUESTS,
            ActivityContract.REQUESTS,
            MessageContract.REQUESTS,
            HistoryWireContract.REQUESTS,
            ReceiptWireContract.REQUESTS,
            ConversationWireContract.REQUESTS,
            AttentionContract.REQUESTS,
            PresenceContract.REQUESTS,
            CustomEventContract.REQUESTS,
            UserContract.REQUESTS,
            UploadContract.REQUESTS,
            CallWireContract.REQUESTS,
            SessionContract.REQUESTS));

    static final List<Notice> NOTICES = joined(Stream.of(
            SessionContract.NOTICES,
            MessageContract.NOTICES,
            HistoryWireContract.NOTICES,
            ReceiptWireContract.NOTICES,
            RoomContract.NOTICES,
            ActivityContract.NOTICES,
            PresenceContract.NOTICES,
            UserContract.NOTICES,
            ConversationWireContract.NOTICES,
            CustomEventContract.NOTICES,
            UploadContract.NOTICES,
            AttentionContract.NOTICES,
            CallWireContract.NOTICES,
            Shapes.FAILURES));

    private static final List<Named> TYPES = joined(Stream.of(
            Shapes.TYPES,
            SessionContract.TYPES,
            MessageContract.TYPES,
            ConversationWireContract.TYPES,
            AttentionContract.TYPES,
            ReceiptWireContract.TYPES,
            PresenceContract.TYPES,
            UserContract.TYPES,
            UploadContract.TYPES,
            CallWireContract.TYPES,
            HistoryWireContract.TYPES));

    private WireContract() {}

    private static <T> List<T> joined(Stream<List<T>> families) {
        return families.flatMap(List::stream).toList();
    }

    /** Returns all types that have a name. */
    static List<Named> named() {
        return joined(Stream.of(
                TYPES,
                REQUESTS.stream()
                        .flatMap(request -> Stream.of(request.payload(), request.answer()))
                        .toList(),
                NOTICES.stream().map(Notice::payload).toList()));
    }
}
