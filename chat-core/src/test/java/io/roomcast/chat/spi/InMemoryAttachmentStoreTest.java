package io.roomcast.chat.spi;

import io.roomcast.chat.testkit.AttachmentStoreContract;

class InMemoryAttachmentStoreTest extends AttachmentStoreContract {
    @Override
    protected AttachmentStore open() {
        return AttachmentStore.inMemory();
    }

    @Override
    protected boolean survivesRestart() {
        return false;
    }
}
