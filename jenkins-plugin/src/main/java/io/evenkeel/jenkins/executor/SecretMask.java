package io.evenkeel.jenkins.executor;

import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes lines on, with a secret replaced by stars. For one thread. */
final class SecretMask extends LineTransformationOutputStream {

    private final OutputStream out;
    private final String secret;

    SecretMask(OutputStream out, String secret) {
        this.out = out;
        this.secret = secret;
    }

    @Override
    protected void eol(byte[] bytes, int length) throws IOException {
        if (secret.isEmpty()) {
            out.write(bytes, 0, length);
            return;
        }
        // Latin-1 keeps every byte, whatever the encoding of the log; a token is ASCII.
        String line = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        out.write(line.replace(secret, "****").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
