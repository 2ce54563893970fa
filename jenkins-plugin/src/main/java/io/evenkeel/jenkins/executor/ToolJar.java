package io.evenkeel.jenkins.executor;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import hudson.slaves.WorkspaceList;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import jenkins.MasterToSlaveFileCallable;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code evenkeel.jar} to a node: once per version, under the name of its SHA-256, and checked before each use.
 *
 * <p>Inside of a container only the workspace and its temporary folder can be seen, so there it lies beside the workspace. Thread-safe.
 */
final class ToolJar {

    private static final String NAME = "evenkeel.jar";

    private ToolJar() {}

    /** The checksum is made once; the resource cannot change while the plugin is loaded. */
    private static final class Carried {
        static final String SHA256 = sha256();

        private static String sha256() {
            URL jar = ToolJar.class.getResource(NAME);
            if (jar == null) {
                return "";
            }
            try (InputStream in = jar.openStream()) {
                return ToolJar.sha256(in);
            } catch (IOException e) {
                return "";
            }
        }
    }

    /**
     * Returns the jar on the node of a workspace.
     *
     * @param launcher what will start it
     * @throws AbortException when this plugin was built without the jar
     * @throws IOException when the node cannot be written to
     */
    static FilePath on(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        if (Carried.SHA256.isEmpty()) {
            throw new AbortException(
                    "Evenkeel: this build of the plugin carries no evenkeel.jar. Install a released version of the plugin.");
        }
        FilePath jar = folder(workspace, launcher).child(Carried.SHA256).child(NAME);
        if (Carried.SHA256.equals(jar.act(new Checksum()))) {
            return jar;
        }
        FilePath part = jar.sibling(NAME + "." + UUID.randomUUID() + ".part");
        if (part == null) {
            throw new IOException("There is no folder for " + jar.getRemote());
        }
        jar.getParent().mkdirs();
        try {
            part.copyFrom(ToolJar.class.getResource(NAME));
            move(part, jar);
        } finally {
            part.delete();
        }
        return jar;
    }

    /** Another build may have brought the same jar in the meantime, and on Windows a jar in use cannot be replaced. */
    private static void move(FilePath part, FilePath jar) throws IOException, InterruptedException {
        try {
            part.renameTo(jar);
        } catch (IOException e) {
            if (!Carried.SHA256.equals(jar.act(new Checksum()))) {
                throw e;
            }
        }
        if (!Carried.SHA256.equals(jar.act(new Checksum()))) {
            throw new IOException("Evenkeel: " + jar.getRemote()
                    + " is not what was sent. Look for a full disk or a virus scanner on the node, then build again.");
        }
    }

    private static FilePath folder(FilePath workspace, Launcher launcher) throws IOException {
        boolean decorated = launcher instanceof Launcher.DecoratedLauncher;
        Computer computer = workspace.toComputer();
        Node node = computer == null ? null : computer.getNode();
        FilePath root = node == null ? null : node.getRootPath();
        if (root != null && !decorated) {
            return root.child("caches").child("evenkeel");
        }
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new IOException("Evenkeel: there is no temporary folder beside " + workspace.getRemote());
        }
        return temporary.child("evenkeel");
    }

    private static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream digesting = new DigestInputStream(in, digest)) {
                digesting.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The checksum of a file on the node, or null when there is none. */
    private static final class Checksum extends MasterToSlaveFileCallable<@Nullable String> {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable String invoke(File file, VirtualChannel channel) throws IOException {
            if (!file.isFile()) {
                return null;
            }
            try (InputStream in = Files.newInputStream(file.toPath())) {
                return sha256(in);
            }
        }
    }
}
