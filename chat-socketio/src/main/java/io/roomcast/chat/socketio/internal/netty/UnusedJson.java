package io.roomcast.chat.socketio.internal.netty;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.protocol.AckArgs;
import com.corundumstudio.socketio.protocol.JsonSupport;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import java.util.List;

/** Takes the place of netty-socketio's JSON, which is never called and would load a mapper at each start. */
final class UnusedJson implements JsonSupport {
    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("packets are read and written by this library");
    }

    @Override
    public AckArgs readAckArgs(ByteBufInputStream source, AckCallback<?> callback) {
        throw unused();
    }

    @Override
    public <T> T readValue(String namespaceName, ByteBufInputStream source, Class<T> valueType) {
        throw unused();
    }

    @Override
    public void writeValue(ByteBufOutputStream target, Object value) {
        throw unused();
    }

    @Override
    public void addEventMapping(String namespaceName, String eventName, Class<?>... eventClass) {
        throw unused();
    }

    @Override
    public void removeEventMapping(String namespaceName, String eventName) {
        throw unused();
    }

    @Override
    public List<byte[]> getArrays() {
        throw unused();
    }
}
