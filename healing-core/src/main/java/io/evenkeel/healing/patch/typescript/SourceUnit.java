package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.source.CallSite;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TreeSitterTypescript;

/** One parsed source file. Immutable once parsed. */
final class SourceUnit {

    private static final int MAX_BYTES = 2_000_000;
    private static final int MAX_DEPTH = 400;

    final String path;
    final byte[] bytes;
    final SyntaxNode root;

    private SourceUnit(String path, byte[] bytes, SyntaxNode root) {
        this.path = path;
        this.bytes = bytes;
        this.root = root;
    }

    /** Parses a file, or returns empty if it is not UTF-8 or too large to be written by hand. */
    static Optional<SourceUnit> parse(String path, byte[] bytes) {
        if (bytes.length > MAX_BYTES || !isUtf8(bytes)) {
            return Optional.empty();
        }
        try (TSParser parser = new TSParser()) {
            parser.setLanguage(new TreeSitterTypescript());
            TSTree tree = parser.parseString(null, skeleton(bytes));
            SyntaxNode root = copy(tree.getRootNode(), "", null, 0);
            return Optional.of(new SourceUnit(path, bytes, root));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** One ASCII character for each byte, so that offsets in the tree are offsets in the file whatever the binding encodes. */
    private static String skeleton(byte[] bytes) {
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        StringBuilder text = new StringBuilder(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            boolean blank = (mark && i < 3) || bytes[i] == 0;
            text.append(blank ? ' ' : bytes[i] < 0 ? 'x' : (char) bytes[i]);
        }
        return text.toString();
    }

    private static SyntaxNode copy(
            TSNode node, String field, @org.jspecify.annotations.Nullable SyntaxNode parent, int depth) {
        SyntaxNode copy = new SyntaxNode(node.getType(), field, node.getStartByte(), node.getEndByte(), parent);
        int count = depth > MAX_DEPTH ? 0 : node.getChildCount();
        for (int i = 0; i < count; i++) {
            TSNode child = node.getChild(i);
            String name = node.getFieldNameForChild(i);
            boolean keyword = child.getType().equals("get") || child.getType().equals("static");
            if (child.isNamed() || keyword || (name != null && name.equals("operator"))) {
                copy.children.add(copy(child, name == null ? "" : name, copy, depth + 1));
            }
        }
        return copy;
    }

    String text(SyntaxNode node) {
        return text(node.start, node.end);
    }

    String text(int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Returns the offset of a place, or -1 if the file is shorter. */
    int offset(CallSite place) {
        int at = 0;
        for (int line = 1; line < place.line(); line++) {
            while (at < bytes.length && bytes[at] != '\n') {
                at++;
            }
            if (at++ >= bytes.length) {
                return -1;
            }
        }
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        String line = text(at, end);
        String before = line.substring(0, Math.min(line.length(), Math.max(0, place.column() - 1)));
        return at + before.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns the place of an offset. */
    CallSite site(int offset) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < offset; i++) {
            if (bytes[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new CallSite(path, line, text(start, offset).length() + 1);
    }

    /** Returns the innermost node that begins at the offset or spans it. */
    SyntaxNode at(int offset) {
        SyntaxNode node = root;
        boolean deeper = true;
        while (deeper) {
            deeper = false;
            for (SyntaxNode child : node.children) {
                if (child.start <= offset && offset < child.end) {
                    node = child;
                    deeper = true;
                    break;
                }
            }
        }
        return node;
    }
}
