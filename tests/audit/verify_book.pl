#!/usr/bin/perl
# A second verifier of an export, written from docs/audit-format.md alone, to be held against packaging/audit/verify_book.py.
#   perl verify_book.pl [FOLDER] [--head SEQ:HASH]... [--centre-key HEX] [--json]
#   perl verify_book.pl --batch          a folder on each line of standard input; answers each with its exit code
# Exit code: 0 sound, 1 something is wrong, 2 it could not be verified.
# All texts are kept as UTF-8 bytes throughout: they are hashed, sorted and compared as such.
use strict;
use warnings;
no warnings qw(recursion surrogate non_unicode);    # JSON may be nested deeply, and its bytes may be anything
use Digest::SHA qw(sha256 sha512);
use File::Spec;
use Getopt::Long qw(GetOptions);
use Math::BigInt;
use Time::Local qw(timegm_modern);

my @problems;

sub problem { my ($seq, $text) = @_; push @problems, { seq => $seq, text => $text }; return }
sub give_up { print STDERR "$_[0]\n"; exit 2 }

# ---- canonical JSON -------------------------------------------------------------------------------------------------
# Strings are Perl strings, null is undef, integers and booleans are blessed so that they are not taken for strings.

my %ESCAPED = ('"' => '"', '\\' => '\\', n => "\n", r => "\r", t => "\t", b => "\b", f => "\f");
my %ESCAPE  = map { $ESCAPED{$_} => "\\$_" } keys %ESCAPED;
my ($text_read, $depth);
my $DEEPEST = 64;

sub read_object {
    my ($end);
    ($text_read, $end) = @_;
    $text_read =~ s/$end\z// or die "no line feed at the end\n";
    my $characters = $text_read;    # utf8::decode alone lets surrogates and more than U+10FFFF pass
    utf8::decode($characters) && $characters !~ /[\x{d800}-\x{dfff}]|[^\x{0}-\x{10ffff}]/ or die "not UTF-8\n";
    pos($text_read) = $depth = 0;
    $text_read =~ /\G(?=\{)/gc or die "not an object\n";
    my $object = read_value();
    pos($text_read) == length $text_read or die "something stands after the object\n";
    return $object;
}

sub read_value {
    return read_string() if $text_read =~ /\G"/gc;
    if ($text_read =~ /\G\{/gc) {
        my (%object, $before);
        read_members(qr/\G\}/, sub {
            $text_read =~ /\G"/gc or die "a key is missing\n";
            my $key = read_string();
            die "keys are doubled or not sorted\n" if defined $before && $key le $before;
            $text_read =~ /\G:/gc or die "a colon is missing\n";
            $before = $key;
            $object{$key} = read_value();
        });
        return \%object;
    }
    if ($text_read =~ /\G\[/gc) {
        my @list;
        read_members(qr/\G\]/, sub { push @list, read_value() });
        return \@list;
    }
    if ($text_read =~ /\G(0|-?([1-9][0-9]*))(?![0-9.eE])/gc) {
        my ($number, $digits) = ($1, $2 // '');
        die "an integer has more than 53 bits\n"
            if length $digits > 16 || length $digits == 16 && $digits gt '9007199254740991';
        return bless \(my $copy = $number + 0), 'Int';
    }
    return bless \(my $copy = $1), 'Bool' if $text_read =~ /\G(true|false)/gc;
    return undef if $text_read =~ /\Gnull/gc;
    die "not canonical JSON\n";
}

sub read_members {
    my ($end, $read_one) = @_;
    ++$depth <= $DEEPEST or die "nested too deep\n";
    if ($text_read !~ /$end/gc) {
        while (1) {
            $read_one->();
            next if $text_read =~ /\G,/gc;
            last if $text_read =~ /$end/gc;
            die "a comma or an end is missing\n";
        }
    }
    $depth--;
    return;
}

sub read_string {
    my $string = '';
    while (1) {
        if    ($text_read =~ /\G([^"\\\x00-\x1f]+)/gc)                { $string .= $1 }
        elsif ($text_read =~ /\G"/gc)                                 { return $string }
        elsif ($text_read =~ /\G\\(["\\nrtbf])/gc)                    { $string .= $ESCAPED{$1} }
        elsif ($text_read =~ /\G\\u00(0[0-7be-f]|1[0-9a-f])/gc)       { $string .= chr hex $1 }
        else                                                          { die "a string is spelled wrong\n" }
    }
}

sub write_json {
    my ($value) = @_;
    return 'null' if !defined $value;
    my $type = ref $value;
    return $$value if $type eq 'Int' || $type eq 'Bool';
    return '[' . join(',', map { write_json($_) } @$value) . ']' if $type eq 'ARRAY';
    return '{' . join(',', map { write_json($_) . ':' . write_json($value->{$_}) } sort keys %$value) . '}'
        if $type eq 'HASH';
    (my $string = $value) =~ s/(["\\\x00-\x1f])/$ESCAPE{$1} \/\/ sprintf '\\u%04x', ord $1/ge;
    return "\"$string\"";
}

sub new_int  { my ($n) = @_; return bless \$n, 'Int' }
sub new_bool { my $word = $_[0] ? 'true' : 'false'; return bless \$word, 'Bool' }
sub is_text  { return defined $_[0] && !ref $_[0] }
sub number   { return ref $_[0] eq 'Int' ? ${ $_[0] } : undef }
sub place { my ($value, @keys) = @_; for (@keys) { $value = ref $value eq 'HASH' ? $value->{$_} : undef } return $value }
sub is_hex { my ($value, $digits) = @_; return is_text($value) && $value =~ /\A[0-9a-f]{$digits}\z/ }

my $HOUR = qr/(?:[01]\d|2[0-3]):[0-5]\d/a;

sub is_time {
    my ($value) = @_;
    return 0 if !is_text($value);
    my ($year, $month, $day) =
        $value =~ /\A(\d{4})-(\d\d)-(\d\d)T$HOUR:[0-5]\d[+-]$HOUR\z/a or return 0;
    return $year > 0 && eval { timegm_modern(0, 0, 0, $day, $month - 1, $year); 1 } // 0;
}

sub same_keys {
    my ($object, @keys) = @_;
    return ref $object eq 'HASH' && write_json([ sort keys %$object ]) eq write_json([ sort @keys ]);
}

# ---- Ed25519, verified without the cofactor -------------------------------------------------------------------------
my $P = Math::BigInt->new(2)->bpow(255)->bsub(19);
my $L = Math::BigInt->new(2)->bpow(252)->badd('27742317777372353535851937790883648493');
my $D = Math::BigInt->new(121666)->bmodinv($P)->bmul(-121665)->bmod($P);
my $D2      = ($D * 2) % $P;
my $ROOT_M1 = Math::BigInt->new(2)->bmodpow(($P - 1) / 4, $P);
my $NEUTRAL = [ map { Math::BigInt->new($_) } 0, 1, 1, 0 ];
my $BASE = decode_point(pack 'H*', '58' . '66' x 31);

sub little_endian { return Math::BigInt->from_hex(unpack 'H*', scalar reverse $_[0]) }

# Points are X, Y, Z, T as in RFC 8032, 5.1.4; this addition is complete, so it doubles as well.
sub add_points {
    my ($x1, $y1, $z1, $t1, $x2, $y2, $z2, $t2) = (@{ $_[0] }, @{ $_[1] });
    my $a = ($y1 - $x1) * ($y2 - $x2) % $P;
    my $b = ($y1 + $x1) * ($y2 + $x2) % $P;
    my $c = $t1 * $t2 % $P * $D2 % $P;
    my $d = $z1 * $z2 * 2 % $P;
    my ($e, $f, $g, $h) = ($b - $a, $d - $c, $d + $c, $b + $a);
    return [ $e * $f % $P, $g * $h % $P, $f * $g % $P, $e * $h % $P ];
}

sub decode_point {
    my ($bytes) = @_;
    my $sign = ord(substr $bytes, 31) >> 7;
    substr($bytes, 31) = chr(ord(substr $bytes, 31) & 127);
    my $y = little_endian($bytes);
    return if $y >= $P;
    my $u = ($y * $y - 1) % $P;
    my $v = ($D * $y % $P * $y + 1) % $P;
    my $v3 = $v * $v % $P * $v % $P;
    my $x  = ($u * $v3 % $P * $v3 % $P * $v % $P)->bmodpow(($P - 5) / 8, $P) * $u % $P * $v3 % $P;
    my $check = $x * $x % $P * $v % $P;
    if    ($check == $u)              { }
    elsif ($check == ($P - $u) % $P)  { $x = $x * $ROOT_M1 % $P }
    else                              { return }
    return if $x == 0 && $sign;
    $x = $P - $x if $x != 0 && ($x->is_odd ? 1 : 0) != $sign;
    return [ $x, $y, Math::BigInt->new(1), $x * $y % $P ];
}

sub encode_point {
    my ($x, $y, $z) = @{ $_[0] };
    my $inverse = $z->copy->bmodinv($P);
    $x = $x * $inverse % $P;
    $y = $y * $inverse % $P;
    my $bytes = reverse pack 'H*', sprintf '%064s', substr $y->as_hex, 2;
    substr($bytes, 31) = chr(ord(substr $bytes, 31) | 128) if $x->is_odd;
    return $bytes;
}

sub is_small_order {
    my ($point) = @_;
    $point = add_points($point, $point) for 1 .. 3;
    return $point->[0] == 0 && $point->[1] == $point->[2];
}

sub signature_right {
    my ($key, $message, $signature) = @_;
    my ($r, $s) = (substr($signature, 0, 32), little_endian(substr $signature, 32));
    return 0 if $s >= $L;
    my $a = decode_point($key) or return 0;
    return 0 if is_small_order($a);
    my $k = little_endian(sha512($r . $key . $message)) % $L;
    my $minus_a = [ ($P - $a->[0]) % $P, $a->[1], $a->[2], ($P - $a->[3]) % $P ];
    my %summand = (10 => $BASE, '01' => $minus_a, 11 => add_points($BASE, $minus_a));
    my ($s_bits, $k_bits) = map { sprintf '%0256s', substr $_->as_bin, 2 } $s, $k;
    my $sum = $NEUTRAL;
    for my $bit (0 .. 255) {
        $sum = add_points($sum, $sum);
        my $summand = $summand{ substr($s_bits, $bit, 1) . substr($k_bits, $bit, 1) };
        $sum = add_points($sum, $summand) if $summand;
    }
    return encode_point($sum) eq $r && !is_small_order($sum);
}

# ---- arguments ------------------------------------------------------------------------------------------------------
my (@head_texts, $centre_key, $as_json, $batch);
Getopt::Long::Configure('no_auto_abbrev', 'no_ignore_case');
GetOptions('head=s' => \@head_texts, 'centre-key=s' => \$centre_key, json => \$as_json, batch => \$batch) && @ARGV <= 1
    or give_up('verify_book.pl [FOLDER] [--head SEQ:HASH] [--centre-key HEX] [--json]');
my $folder = $batch ? next_of_batch() : $ARGV[0] // '.';
my @heads = map { read_head($_) } @head_texts;
$centre_key = lc $centre_key if defined $centre_key;
is_hex($centre_key // '0' x 64, 64) or give_up('--centre-key is not 64 hex digits');

# Each folder is verified by a child; this returns in the child only.
sub next_of_batch {
    $| = 1;
    while (defined(my $line = <STDIN>)) {
        chomp $line;
        my $child = fork // give_up("no child: $!");
        if (!$child) {
            open STDOUT, '>', File::Spec->devnull and open STDERR, '>', File::Spec->devnull or give_up('no output');
            return $line;
        }
        waitpid $child, 0;
        print $? & 127 ? 'died' : $? >> 8, "\n";
    }
    exit 0;
}

sub read_head {
    my ($text) = @_;
    $text =~ s/ //g;
    return [ $1 + 0, lc($2 =~ s/-//gr) ] if $text =~ /\A([1-9][0-9]{0,14})(?::|\xef\xbc\x9a)((?:-?[0-9a-fA-F]){12,64})\z/;
    $text =~ /\A9[0-9]{6}([0-9]{9})([0-9]{15})[0-9]{2}\z/ or give_up("--head: neither SEQ:HASH nor the digits of a code");
    my ($seq, $bits) = ($1 + 0, $2);
    $bits < 2**48 && Math::BigInt->new($text) % 97 == 1 or give_up('--head: the check digits are wrong');
    return [ $seq, sprintf '%012x', $bits ];
}

# ---- the files and the manifest -------------------------------------------------------------------------------------
my %file;
for my $name ('manifest.json', 'book.jsonl', 'slips.csv', 'verify_book.py') {
    my ($handle, $digest) = (undef, Digest::SHA->new(256));
    if (-f "$folder/$name" && open $handle, '<:raw', "$folder/$name") {
        $digest->addfile($handle);
        $file{$name} = { bytes => tell $handle, sha256 => $digest->hexdigest };
    }
    elsif ($name eq 'book.jsonl' || $name eq 'manifest.json') { give_up("$folder/$name cannot be read") }
}

sub contents {
    my ($name) = @_;
    open my $handle, '<:raw', "$folder/$name" or return '';
    local $/;
    return scalar(<$handle>) // '';
}

my $manifest = eval { read_object(contents('manifest.json'), "\n") };
problem(undef, 'manifest.json: ' . $@ =~ s/\n\z//r) if !$manifest;

sub check_manifest {
    my ($header, $last, $head, $name_in_entry) = @_;
    my %right = (
        'the eight keys' => same_keys($manifest, qw(format book head entries made_at program withheld files)),
        format   => ($manifest->{format} // '') eq 'counter-assistant-export-1',
        made_at  => is_time($manifest->{made_at}),
        program  => ($manifest->{program} // '') ne '' && is_text($manifest->{program}),
        withheld => write_json($manifest->{withheld}) eq '["key_slot"]',
        entries  => (number($manifest->{entries}) // -1) == $last,
        head     => ($manifest->{head} // '') eq $head,
        book     => is_text($manifest->{book}),
        'book in the header'  => ($header->{book} // '') eq ($manifest->{book} // ''),
        'book in entry 1'     => ($name_in_entry // '') eq ($manifest->{book} // ''),
        'the names in files'  => same_keys(place($manifest, 'files') // {}, qw(book.jsonl slips.csv verify_book.py)),
    );
    $right{$_} or problem(undef, "manifest.json is wrong: $_") for sort keys %right;
    for my $name (qw(book.jsonl slips.csv verify_book.py)) {
        my ($said, $found) = (place($manifest, 'files', $name), $file{$name});
        if (!$found) { problem(undef, "$name cannot be read") }
        elsif (write_json($said) ne write_json({ %$found, bytes => new_int($found->{bytes}) })) {
            problem(undef, "$name is not the file in the manifest");
        }
    }
}

# ---- the lines ------------------------------------------------------------------------------------------------------
my (@entries, $header, $lines_broken);    # $entries[n] is entry n; [0] is unused
my %needed = map { $_ => 1 } qw(slip_issued slip_voided slip_reprinted series_started day_closed month_closed year_closed
    payload_erased head_witnessed);
my %RIGHT = (
    (map { $_ => sub { is_hex($_[0], 64) } } qw(inner hash)),
    (map { $_ => sub { !defined $_[0] || is_text($_[0]) } } qw(uuid body)),
    time       => \&is_time,
    kind       => \&is_text,
    visibility => sub { is_text($_[0]) && $_[0] =~ /\A(?:public|internal|confidential)\z/ },
    algorithm  => sub { is_text($_[0]) && $_[0] eq 'sha256-1' },
    salt       => sub { !defined $_[0] || is_text($_[0]) && $_[0] =~ /\A(?:[0-9a-f]{2})*\z/ },
);

sub hash_of { return sha256(join '', map { pack('Q>', length $_) . $_ } @_) }

sub read_book {
    open my $handle, '<:raw', "$folder/book.jsonl" or give_up('book.jsonl cannot be read');
    my ($seq, $hash_before) = (-1, "\0" x 32);
    $entries[0] = {};
    while (defined(my $line = <$handle>)) {
        $seq++;
        my $value = eval { read_object($line, "\n") };
        if (!$value) {
            problem($seq, 'line ' . ($seq + 1) . ": $@" =~ s/\n\z//r);
            ($lines_broken, $hash_before) = (1, undef);
            push @entries, {} if $seq;
        }
        elsif (!$seq) { $header = $value }
        else          { $hash_before = read_entry($seq, $value, $hash_before) }
    }
    problem(undef, 'book.jsonl is empty') if $seq < 0;
}

# Gives the hash to go on with: the one that the line states, so that one wrong line is one finding.
sub read_entry {
    my ($seq, $line, $hash_before) = @_;
    my $body = $line->{body};
    my @wrong = grep { !$RIGHT{$_}->($line->{$_}) } sort keys %RIGHT;
    push @wrong, 'seq' if (number($line->{seq}) // -1) != $seq;
    push @wrong, 'not the ten keys' if !same_keys($line, 'seq', keys %RIGHT);
    push @wrong, 'body without salt or salt without body' if defined $body != defined $line->{salt};
    if (@wrong) {
        problem($seq, join ', ', @wrong);
        push @entries, {};
        $lines_broken = 1;
        return is_hex($line->{hash}, 64) ? pack('H*', $line->{hash}) : undef;
    }
    my %entry = (map({ $_ => $line->{$_} } qw(time kind uuid hash)), there => defined $body);
    push @entries, \%entry;
    my $inner = pack 'H*', $line->{inner};
    if (defined $body) {
        problem($seq, 'inner is not the digest of salt and body') if hash_of(pack('H*', $line->{salt}), $body) ne $inner;
        my $content = eval { read_object($body, '') };
        if (!$content) { problem($seq, "body: $@" =~ s/\n\z//r); $lines_broken = 1 }
        else {
            my $uuid = exists $content->{request} ? place($content, 'request', 'uuid') : undef;
            problem($seq, 'request is no object') if exists $content->{request} && ref $content->{request} ne 'HASH';
            problem($seq, 'request.uuid is not the uuid of the line') if write_json($uuid) ne write_json($line->{uuid});
            $entry{content} =
                  $line->{kind} eq 'slip_issued' ? { card => $content->{card}, issue => $content->{issue} }
                : $seq == 1 || $needed{ $line->{kind} } ? $content
                :                                         {};
        }
    }
    my $hash = pack 'H*', $line->{hash};
    problem($seq, 'hash: the chain is broken')
        if defined $hash_before
        && $hash ne hash_of($hash_before, 'sha256-1', pack('Q>', $seq), @$line{qw(time kind visibility)}, $inner);
    return $hash;
}

# ---- contents that are not there ------------------------------------------------------------------------------------
# After this each entry has `state`: whole, rest (an erasure with `of` keeps it), gone or withheld; `content` is what
# there is to be read in its place.

my %ERASABLE = map { $_ => 1 } qw(slip_issued slip_voided slip_reprinted number_revealed oral_notice inquiry case_step
    number_confirmed step_withdrawn review register_answered result_filed register_withdrawn day_closed month_closed year_closed);

sub resolve_contents {
    my @erasers;
    my $last_erasure = 0;
    for my $seq (1 .. $#entries) {
        my $entry = $entries[$seq];
        next if $entry->{kind} ne 'payload_erased';
        $last_erasure = $seq;
        my ($target) = ($entry->{uuid} // '') =~ /\Aerase:([1-9][0-9]{0,14})\z/;
        if (!$target || $target >= $seq) { problem($seq, 'the erasure names no entry before it') }
        else {
            $entry->{erases} = $target;
            push @{ $erasers[$target] }, $seq;
        }
    }
    problem(undef, "header: erased is not $last_erasure") if (number($header->{erased}) // -1) != $last_erasure;

    for my $seq (reverse 1 .. $#entries) {    # an erasure stands later than what it erases, so it is resolved before it
        my $entry = $entries[$seq];
        my @by = @{ $erasers[$seq] // [] };
        if ($entry->{kind} eq 'key_slot') {
            problem($seq, 'a withheld content is there') if $entry->{there};
            problem($seq, 'an erasure names a withheld content') if @by;
            $entry->{state} = 'withheld';
        }
        elsif ($entry->{there}) {
            problem($seq, 'an erasure names it, but its content is there') if @by;
            $entry->{state} = 'whole';
        }
        else {
            problem($seq, 'without a content, and ' . @by . ' erasures name it') if @by != 1;
            $entry->{state} = 'gone';
            my $eraser = @by ? $entries[ $by[0] ] : next;
            if ($eraser->{there} || $eraser->{state} eq 'rest') {
                my $kept = $eraser->{content}{kept};
                $entry->{content} = ref $kept eq 'HASH' ? $kept : {};
                $entry->{state} = 'rest' if exists $eraser->{content}{of};
                problem($seq, 'request.uuid of what is kept is not the uuid of the line')
                    if $entry->{state} eq 'rest' && write_json(place($kept, 'request', 'uuid')) ne write_json($entry->{uuid});
            }
            else { $entry->{content} = $eraser->{content} // {} }
        }
    }

    for my $seq (1 .. $#entries) {
        my $entry = $entries[$seq];
        next if !$entry->{erases};
        my $known = $entry->{there} || $entry->{state} eq 'rest';
        my ($kept, $of) = $known ? @{ $entry->{content} }{qw(kept of)} : ();
        my $rest = $known && exists $entry->{content}{of};
        my $erased = $entries[ $entry->{erases} ];
        my $kind = $erased->{kind};
        problem($seq, 'nothing leaves an entry of the kind that it names') if !$ERASABLE{$kind} && $kind ne 'payload_erased';
        if ($rest && $kind eq 'payload_erased') {
            my $root = $erased->{erases} ? $entries[ $erased->{erases} ]{kind} : '';
            problem($seq, 'an erasure that may not be erased')
                if !is_text($of) || $of ne $kind || !$ERASABLE{$root} || (place($kept, 'of') // '') ne $root;
        }
        elsif ($rest) {
            problem($seq, 'of is not the kind of the erased entry') if !is_text($of) || $of ne $kind || !$ERASABLE{$kind};
        }
        elsif ($kind eq 'payload_erased') {
            problem($seq, 'an erasure that may not be erased')
                if !$erased->{erases} || $entries[ $erased->{erases} ]{kind} ne 'slip_issued';
        }
        elsif ($kind ne 'slip_issued') { problem($seq, 'all of an entry that is no slip was erased') }
        next if !$known;
        if (ref $kept ne 'HASH') { problem($seq, 'kept is not there'); next }
        problem($seq, 'kept is not just what is to be kept where all is erased')
            if !$rest
            && !(same_keys($kept, qw(card issue)) && same_keys($kept->{card}, 'number')
                && same_keys($kept->{issue}, qw(sequence series)));
    }
}

# ---- numbers --------------------------------------------------------------------------------------------------------
my %slip_by_number;    # card.number => the entry, to which voided_by and reprints are added

sub check_numbers {
    my %last;    # by series: the last place used
    for my $seq (1 .. $#entries) {
        my $entry = $entries[$seq];
        my ($kind, $content) = @$entry{qw(kind content)};
        if ($kind eq 'slip_issued') {
            my ($series, $number) = (place($content, qw(issue series)), place($content, qw(card number)));
            my $sequence = number(place($content, qw(issue sequence)));
            if (!is_text($series) || !defined $sequence || !is_text($number)) {
                problem($seq, 'a slip without series, sequence or number');
                next;
            }
            my $next = ($last{$series} // 0) + 1;
            problem($seq, "sequence $sequence of $series, where $next is due") if $sequence != $next;
            $last{$series} = $sequence;
            problem($seq, "number $number is given out twice") if $slip_by_number{$number};
            $slip_by_number{$number} //= $entry;
            @$entry{qw(series sequence number reprints)} = ($series, $sequence, $number, 0);
        }
        elsif ($kind eq 'series_started') {
            next if $entry->{state} eq 'gone';
            my ($series, $last, $first) = ($content->{series}, number($content->{last}), number($content->{first}));
            if (!is_text($series) || !defined $last || !defined $first || !is_text($content->{reason})) {
                problem($seq, 'series_started without series, last, first or reason');
                next;
            }
            my $due = $last{$series} // 0;
            problem($seq, "last is $last, but $due was the last of $series") if $last != $due;
            problem($seq, "$series goes back to $first") if $first <= $last || $first <= $due;
            $last{$series} = $first - 1;
        }
        elsif ($kind eq 'slip_voided' || $kind eq 'slip_reprinted') {
            next if $entry->{state} eq 'gone';
            my $number = $content->{number};
            my $slip = is_text($number) ? $slip_by_number{$number} : undef;
            if (!$slip) { problem($seq, "$kind of a number that is not there before it"); next }
            $entry->{number} = $number;
            if ($kind eq 'slip_voided') { $slip->{voided_by} = $seq }
            else                        { $slip->{reprints}++ }
        }
    }
}

# ---- closings -------------------------------------------------------------------------------------------------------
sub figures_of {
    my ($first, $last) = @_;
    my %figures = (counts => {}, papers => {}, voids => [], reprints => {}, gaps => []);
    for my $entry (@entries[ $first .. $last ]) {
        my ($kind, $content) = @$entry{qw(kind content)};
        $figures{counts}{$kind}++;
        if ($kind eq 'slip_issued') {
            next if !defined $entry->{series};
            my $paper = $figures{papers}{ $entry->{series} } //= { series => $entry->{series}, issued => new_int(0),
                first => new_int($entry->{sequence}), first_number => $entry->{number} };
            @$paper{qw(last last_number)} = (new_int($entry->{sequence}), $entry->{number});
            ${ $paper->{issued} }++;
        }
        elsif ($kind =~ /\A(?:slip_voided|slip_reprinted|series_started)\z/) {
            if ($kind eq 'slip_voided')       { push @{ $figures{voids} }, $entry->{number} if defined $entry->{number} }
            elsif ($kind eq 'slip_reprinted') { $figures{reprints}{ $entry->{number} }++ if defined $entry->{number} }
            elsif (number($content->{first} // undef) && number($content->{first}) > number($content->{last}) + 1) {
                push @{ $figures{gaps} }, { series => $content->{series}, reason => $content->{reason},
                    first => new_int(number($content->{last}) + 1), last => new_int(number($content->{first}) - 1) };
            }
        }
    }
    $figures{papers} = [ map { $figures{papers}{$_} } sort keys %{ $figures{papers} } ];
    $figures{gaps} = [ sort { $a->{series} cmp $b->{series} || ${ $a->{first} } <=> ${ $b->{first} } } @{ $figures{gaps} } ];
    ref or $_ = new_int($_) for values %{ $figures{counts} }, values %{ $figures{reprints} };
    return \%figures;
}

sub check_closings {
    my $day_end;
    for my $seq (1 .. $#entries) {
        my $entry = $entries[$seq];
        my ($period) = $entry->{kind} =~ /\A(day|month|year)_closed\z/ or next;
        next if $entry->{state} eq 'gone';
        my $content = $entry->{content};
        my ($first, $last) = map { number($content->{$_}) // -1 } qw(first last);
        if ($first < 1 || $last < 1 || $last < $first - 1 || $last >= $seq) {
            problem($seq, 'first and last of the closing are impossible');
            $day_end = undef if $period eq 'day';
            next;
        }
        my $head = $entries[$last]{hash} // '';
        problem($seq, "head is not the hash of entry $last") if !is_text($content->{head}) || $content->{head} ne $head;
        if ($period eq 'day') {
            problem($seq, "the day does not begin at $day_end") if defined $day_end && $first != $day_end;
            $day_end = $last + 1;
        }
        my $said  = $content->{figures};
        my $found = figures_of($first, $last);
        my @wrong = grep { write_json(place($said, $_)) ne write_json($found->{$_}) } qw(counts papers reprints);
        my $voids = place($said, 'voids');
        push @wrong, 'voids'
            if ref $voids ne 'ARRAY' || write_json([ map { place($_, 'number') } @$voids ]) ne write_json($found->{voids});
        my $gaps = place($said, 'gaps');
        push @wrong, 'gaps' if ref $gaps ne 'ARRAY' || write_json(with_reason($gaps)) ne write_json(with_reason($found->{gaps}));
        problem($seq, 'figures are not those of the entries: ' . join ', ', @wrong) if @wrong;
    }
}

# A gap whose reason is empty is not compared.
sub with_reason { my ($gaps) = @_; return [ grep { write_json(place($_, 'reason')) ne '""' } @$gaps ] }

# ---- slips.csv ------------------------------------------------------------------------------------------------------
sub cell {
    my ($text) = @_;
    $text = "'$text" if $text =~ /\A(?:[=+\-@\t\r]|\xef\xbc[\x9d\x8b\x8d\xa0])/;    # ＝ ＋ － ＠
    $text =~ s/[\x00-\x1f\x7f]|\xc2\x85|\xe2\x80[\xa8\xa9]/ /g;
    $text =~ s/"/""/g;
    return "\"$text\"";
}

my @HEADINGS = qw(记录 编号 文种 当事人 其他姓名 事项编码 事项 出具时间 受理日 经办人 电话尾号 证件尾号 渠道 校验码 作废记录 补打次数);

sub check_slips {
    my $csv = contents('slips.csv');
    $csv =~ s/\A\xef\xbb\xbf// or problem(undef, 'slips.csv does not begin with EF BB BF');
    my $headings = join(',', map { "\"$_\"" } @HEADINGS) . "\r\n";
    if (index($csv, $headings) == 0) { substr($csv, 0, length $headings, '') }
    else                            { problem(undef, 'slips.csv: the headings are others') }
    for my $seq (1 .. $#entries) {
        my $slip = $entries[$seq];
        next if $slip->{kind} ne 'slip_issued' || $slip->{state} !~ /whole|rest/;
        my $card = place($slip->{content}, 'card');
        $card = { phone_tail => '', id_tail => '', channel => 'window', %$card } if ref $card eq 'HASH';
        my $text = sub {
            my $value = place($card, $_[0]);
            is_text($value) or problem($seq, "card.$_[0] is no string");
            return is_text($value) ? $value : '';
        };
        my $names = place($card, 'other_names');
        ref $names eq 'ARRAY' && @$names == grep { is_text($_) } @$names or problem($seq, 'card.other_names is no list of strings');
        my @row = ($seq, $text->('number'), $text->('kind'), $text->('applicant'),
            join('、', grep { is_text($_) } ref $names eq 'ARRAY' ? @$names : ()),
            $text->('item'), $text->('item_name'), $slip->{time}, $text->('day'), $text->('clerk'),
            map({ $text->($_) eq '' ? '' : '*' . $text->($_) } qw(phone_tail id_tail)), $text->('channel'),
            join(' ', unpack '(A4)3', $slip->{hash}), $slip->{voided_by} // '', $slip->{reprints} // 0);
        my $row = join(',', map { cell($_) } @row) . "\r\n";
        next if index($csv, $row) == 0 && (substr($csv, 0, length $row, '') || 1);
        problem($seq, 'slips.csv: the row of this slip is not as it has to be');
        return;
    }
    problem(undef, 'slips.csv has more than the slips') if $csv ne '';
}

# ---- heads ----------------------------------------------------------------------------------------------------------
my %times;    # co-signed heads by key
my $STATEMENT = qr/\A\{"book":"([0-9a-f]{32})","entries":([1-9][0-9]{0,14}),"format":"counter-assistant-head-1","head":"([0-9a-f]{64})",
    "installation":"[0-9]{6}","time":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}"\}\z/x;

sub check_witnessed {
    my ($name) = @_;
    for my $seq (1 .. $#entries) {
        my $entry = $entries[$seq];
        next if $entry->{kind} ne 'head_witnessed';
        if (!$entry->{there}) { problem($seq, 'the body of a co-signed head is not there'); next }
        my ($statement, $algorithm, $key, $signature) = @{ $entry->{content} }{qw(statement algorithm key signature)};
        my ($book, $last, $head) = is_text($statement) ? $statement =~ $STATEMENT : ();
        if (!$book || !is_text($algorithm) || $algorithm ne 'Ed25519' || !is_hex($key, 64) || !is_hex($signature, 128)) {
            problem($seq, 'statement, algorithm, key or signature has another shape');
            next;
        }
        if (!signature_right(pack('H*', $key), "counter-assistant-cosigned-head-1\0$statement", pack('H*', $signature))) {
            problem($seq, 'the signature of the centre is wrong');
            next;
        }
        problem($seq, 'co-signed with another key than the one given') if defined $centre_key && $key ne $centre_key;
        if (!is_text($name) || $book ne $name) { problem($seq, 'the co-signed head is of another book'); next }
        $times{$key}++;
        if ($last >= $seq) { problem($seq, "the co-signed head is of entry $last, which is not before it") }
        elsif ($entries[$last]{hash} ne $head) { problem($seq, "the co-signed head is not the hash of entry $last") }
    }
}

# ---- all of it ------------------------------------------------------------------------------------------------------
read_book();
problem(undef, 'header: not as it has to be')
    if $header && !(same_keys($header, qw(algorithm book erased format key))
    && write_json([ @$header{qw(algorithm format key)} ]) eq '["plain","counter-assistant-lines-1",""]');
my $last = $#entries < 0 ? 0 : $#entries;
my $last_hash = $last ? $entries[$last]{hash} // '' : '0' x 64;
if ($header && !$lines_broken) {
    resolve_contents();
    my $name = place($entries[1] // {}, qw(content book));
    problem(1, 'entry 1 is no book_opened') if (place($entries[1], 'kind') // '') ne 'book_opened';
    check_manifest($header, $last, "$last:$last_hash", $name) if $manifest;
    check_numbers();
    check_closings();
    check_slips() if $file{'slips.csv'};
    check_witnessed($name);
}
for (@heads) {
    my ($seq, $hash) = @$_;
    if ($seq > $last || $seq < 1) { problem(undef, "the book ends before entry $seq of the head given") }
    elsif (index($entries[$seq]{hash} // '', $hash) != 0) { problem($seq, 'its hash is not that of the head given') }
}

my @witnessed = map {
    { key => $_, times => new_int($times{$_}), centre => defined $centre_key ? new_bool($_ eq $centre_key) : undef }
} sort keys %times;
if ($as_json) {
    print write_json({
        ok => new_bool(!@problems), entries => new_int($last), head => "$last:$last_hash", witnessed => \@witnessed,
        compared => new_int(scalar @heads),
        problems => [ map { { text => $_->{text}, $_->{seq} ? (seq => new_int($_->{seq})) : () } } @problems ],
    }), "\n";
}
else {
    print "$last entries, head $last:$last_hash\n";
    print $_->{seq} ? "entry $_->{seq}: " : '', "$_->{text}\n" for @problems;
    my $known = !defined $centre_key ? sub { '签名对、公钥未核对' } : sub { $_[0] eq $centre_key ? 'the key given' : 'another key' };
    print "${$_->{times}} heads co-signed with $_->{key}: ", $known->($_->{key}), "\n" for @witnessed;
    print "未比对: not compared with a head from outside (--head)\n" if !@heads;
    print "Lines are wrong: what the entries say was not verified.\n" if $lines_broken;
    print @problems ? 'WRONG: ' . @problems . " findings\n" : "sound\n";
}
exit(@problems ? 1 : 0);
