package io.roomcast.chat.socketio.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections whose clients may still be sending. To close one at once would reset it, and the client might never see
 * the answer (RFC 9112, section 9.6); so only the server's side is closed, and what comes is dropped until the client has
 * closed its own or some seconds have passed.
 */
final class LingeringClose {
    private static final int SECONDS = 3;

    private LingeringClose() {}

    /** Ends the connection after its last answer. */
    static void after(ChannelFuture lastAnswer) {
        lastAnswer.addListener(written -> {
            Channel channel = lastAnswer.channel();
            if (written.isSuccess() && closeOutput(channel)) {
                Future<?> end = channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
                channel.closeFuture().addListener(closed -> end.cancel(false));
            } else {
                channel.close();
            }
        });
    }

    /** Closes the server's side; false if the connection has no two sides. */
    private static boolean closeOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
            return true;
        }
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
            return true;
        }
        return false;
    }
}
