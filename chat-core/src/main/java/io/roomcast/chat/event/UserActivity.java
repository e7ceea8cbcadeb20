package io.roomcast.chat.event;

/**
 * Notifies a room of what one user does there. {@linkplain io.roomcast.chat.model.Limits#largeRoom Large} rooms do not
 * receive it: each user's activity would cost one delivery to each of the others.
 */
public sealed interface UserActivity extends ChatEvent
        permits ReceiptChanged, TypingStarted, TypingStopped, UploadProgress, ViewingStarted, ViewingStopped {
    @Override
    default Delivery delivery() {
        return Delivery.VOLATILE;
    }
}
