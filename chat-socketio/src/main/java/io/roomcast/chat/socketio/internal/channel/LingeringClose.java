package io.roomcast.chat.socketio.internal.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose clients may still be sending (RFC 9112, section 9.6).
 *
 * <p>An immediate close would reset the connection, and the client might not receive the last response. Therefore closes
 * only the output first. Further data is dropped until the client closes its side or {@value #SECONDS} seconds have
 * passed.
 */
public final class LingeringClose {
    private static final int SECONDS = 3;

    private LingeringClose() {}

    /** Closes the connection after its last response. */
    public static void after(ChannelFuture lastResponse) {
        lastResponse.addListener(written -> {
            Channel channel = lastResponse.channel();
            if (written.isSuccess() && closeOutput(channel)) {
                Future<?> timeout = channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
                channel.closeFuture().addListener(closed -> timeout.cancel(false));
            } else {
                channel.close();
            }
        });
    }

    /** Closes the output; returns false if the channel does not support it. */
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
