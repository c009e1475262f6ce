"""What hostile requests carry, by the harm they do. Texts are split at white space; none of them holds any."""

# ruff: noqa: SIM905 - a list literal of these would be three times as long and hard to read.

ID = "01935d6c-7b1a-7c3e-8f00-000000000001"

# Inside of a JSON string: bytes that are no UTF-8, raw control characters, escapes of what no text may hold.
BAD_TEXTS = [
    *[
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"\xe2\x82",
        b"\x00",
        b"a\x00b",
        b"\n",
        b"\x1f",
        b"\\",
    ],
    *rb"\u0000 x\u0000y \ud800 \udfff \udc00\ud800 \ud83d \x41 \u12".split(),
]

BAD_NUMBERS = [
    *b"NaN Infinity -Infinity 1e999999999 -1e-999999999 01 +1 1. .5 0x10 1_000 --1".split(),
    *[b"9" * 5000, b"-" + b"9" * 5000, b"0." + b"1" * 5000, b"1e" + b"9" * 5000, b"1" * 101],
]

# Good JSON that is no vendor.
WRONG_SHAPES = [
    *'null true 0 "text" [] [[]] {} [{"name":"a"}] {"name":null} {"name":{}} {"name":""} {"name":1} {"":"a"}'.split(),
    *'{"name":"a","__proto__":{}} {"name":"a","country":"USA"} {"name":"a","country":"U1"}'.split(),
    *['{"name": "   "}', r'{"name":"a","country":"US\n"}', '{"name":"%s"}' % ("x" * 256)],
    *['{"name":"a","notes":"%s"}' % ("x" * 10_001), '{"name":"a","%s":1}' % ("x" * 100_000)],
    "{" + ",".join(f'"key{number}":{number}' for number in range(5000)) + "}",
]

DUPLICATE_KEYS = [
    b'{"name": "a", "name": "b"}',
    rb'{"name": "a", "\u006eame": "b"}',
    b'{"name": "a", "notes": {"k": 1, "k": 1}}',
    b'{"name": "a"' + b', "name": "a"' * 1000 + b"}",
]

# None is no Content-Type at all.
MEDIA_TYPES = [
    *[None, b"", b"\xff\xfe", b"application/json, text/plain", b"multipart/form-data; boundary=" + b"x" * 1000],
    *b"text/plain text/json application/xml application/json;charset=utf-16 application/*".split(),
    *b"application/json;charset=latin-1 application/json;charset=utf-7 multipart/form-data".split(),
    *b"application/jsonp */* ;".split(),
    *b"multipart/form-data;boundary= application/x-www-form-urlencoded application/".split(),
]

BAD_CHUNKS = [
    *[b"xyz\r\n{}\r\n", b"-1\r\n", b"fffffffffffffffffff\r\n{", b"2\r\n{}}}}", b"\r\n{}\r\n", b"0x2\r\n{}\r\n"],
    b" 2\r\n{}\r\n",
]

# Known to HTTP, and served by no operation of the paths that are asked.
METHODS = b"PUT TRACE PROPFIND HEAD PURGE MKCOL LOCK SEARCH".split()
BAD_METHODS = [b"get", b"BREW", b"G\x00T", b"GE T", b""]

PATHS = [
    *"// //api/vendors /api//vendors /api/vendors/ /api/./vendors /api/../api/vendors /../../etc/passwd".split(),
    *"/api/%2e%2e/vendors /api/docs/../../openapi.yaml /api/docs/%2e%2e/%2e%2e/handlers/app.py".split(),
    *"/api/docs/..%2f..%2fapp.py /api/docs/%00 /api/docs/%ff /api/docs//etc/passwd /healthz/ /healthz%00".split(),
    *"/api/vendors/%00 /api/vendors/%ff%fe /api/vendors/%zz /api/vendors/% /api/vendors/%f0%9d%84%9e".split(),
    *"/api/vendors/%0d%0aX-Injected:%201 /api/vendors/%2F /api/vendors;v=1 /API/VENDORS /api/vendors/null".split(),
    *f"/api/vendors/{ID}%00 /api/vendors/{ID}%0a /api/vendors/%20{ID} /api/vendors/{{{ID}}}".split(),
    *f"/api/vendors/{ID.replace('-', '')} /api/vendors/urn:uuid:{ID} /api/vendors/{ID}/../{ID}".split(),
    *f"/api/locations/{ID}/in-use/ /api/locations//in-use /api/organizations/current/members/me/".split(),
    *"/api/invitations/by-token/%00 /api/invitations/by-token/a%00b /api/invitations/by-token/%ff".split(),
    *"/api/invitations/by-token/%2e%2e /api/invitations/by-token/%ed%a0%80".split(),
    *["/api/invitations/by-token/" + "x" * 129, "/api/invitations/by-token/'%20OR%201=1--"],
    *["/api/vendors/" + "9" * 5000, "/api/vendors/" + "a/" * 2000, "/api/vendors/" + "%41" * 5000],
]
# In a request line these bytes are no HTTP.
PATH_BYTES = [b"/api/vendors/\xff", "/api/vendors/é".encode(), b"/api/vendors/\x01", b"/api/vendors/<\x7f>", b"*"]

QUERIES = [
    *"limit=1&limit=2 limit=1&limit=1 limit=1_0 limit=%205 limit=+5 limit=%2B5 limit=%D9%A5".split(),
    *"limit=1.5 limit=0x5 limit=0 limit=501 limit=-1 limit= limit".split(),
    *"limit=NaN limit=%00 limit%00=1 LIMIT=1 unknown=1 ?=1 =".split(),
    *"q= q=%00 q=a%00b q=%ff %ff=1 q=%ed%a0%80 q[]=1 q[a]=1 %71=a&q=b isActive=TRUE isActive=1".split(),
    *"isActive=true&isActive=false cursor=x cursor=AAAAAAAAAAAAAAAA cursor=%00 cursor='%20OR%201=1--".split(),
    *["limit=" + "9" * 5000, "q=" + "x" * 256, "q=" + "x" * 60_000, "cursor=" + "A" * 2049],
    "&".join(f"k{number}=v" for number in range(3000)),
]
# These look worse than they are.
GOOD_QUERIES = "q=%25%5F%5C q=%F0%9D%84%9E q=%27%3B-- &&&".split()

# None is no Authorization at all.
CREDENTIALS = [
    *[None, b"", b"Bearer", b"Bearer ", b"Basic YTpi", b"Token x", b"bearer x y", b"Bearer \xff\xfe", b"Bearer .."],
    *[b"Bearer a.b.c", b"Bearer eyJhbGciOiJub25lIn0.e30.", b"Bearer " + b"x" * 20_000, b"Bearer pharus_pat_"],
    *[b"Bearer pharus_pat_" + b"0" * 32, b"Bearer pharus_pat_\xc3\xa9", b"Bearer pharus_pat_' OR 1=1--"],
]
ORGANIZATIONS = [b"", b"null", b"\xff", ID.encode(), b"x" * 5000, b"' OR 1=1--"]

INJECTIONS = "%0d%0aX-Injected:%201 %0aX-Injected:1 %E5%98%8D%E5%98%8AX-Injected:1 %0d%0a%0d%0a<html>".split()
INJECTED_PATHS = "/api/docs{} /api/docs/{} /api/vendors?q={} /api/vendors/{} /{} /api/invitations/by-token/{}".split()
INJECTED_HEADERS = [
    *[
        b"X-Request-Id: <script>, x",
        b"X-Forwarded-Host: example.com",
        b"X-Forwarded-For: 1.2.3.4, x",
        b"Origin: null",
        b"X-A: a\tb",
    ],
    b"X-Forwarded-Proto: javascript",
]

BAD_VERSIONS = b"HTTP/0.9 HTTP/2.0 HTTP/9.9 HTTPS/1.1 http/1.1 ICY".split()

# What lets two servers in a row disagree where a request ends.
AMBIGUOUS_LENGTHS = [
    [b"Content-Length: 13", b"Transfer-Encoding: chunked"],
    [b"Content-Length: 13", b"Content-Length: 14"],
    [b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"],
    *[[b"Content-Length: -1"], [b"Content-Length: 13, 14"], [b"Content-Length: 0x0d"], [b"Content-Length: 1e1"]],
    *[[b"Content-Length: " + b"9" * 40], [b"Content-Length : 13"], [b"Content-Length: 13\nX-A: b"]],
    *[[b"Transfer-Encoding: xchunked"], [b"Transfer-Encoding:\x0bchunked"], [b"X-A: b\r\r\nContent-Length: 13"]],
    [b"X\x00A: b"],
]
