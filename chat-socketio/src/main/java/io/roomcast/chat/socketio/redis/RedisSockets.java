package io.roomcast.chat.socketio.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens sockets to one server.
 *
 * @param tls creates the TLS of a socket, or null for none; the certificate must name the server's host
 */
record RedisSockets(HostAndPort server, @Nullable SSLSocketFactory tls) implements JedisSocketFactory {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    /** The time without any reply after which a connection counts as lost. The bus requests one every two seconds. */
    static final int READ_TIMEOUT_MILLIS = 5_000;

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), CONNECT_TIMEOUT_MILLIS);
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            return tls == null ? socket : encrypted(socket, tls);
        } catch (IOException | RuntimeException failure) {
            close(socket);
            throw new JedisConnectionException(failure);
        }
    }

    private Socket encrypted(Socket socket, SSLSocketFactory factory) throws IOException {
        SSLSocket encrypted = (SSLSocket) factory.createSocket(socket, server.getHost(), server.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is of no use in either case.
        }
    }
}
