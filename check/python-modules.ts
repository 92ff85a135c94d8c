/**
 * Top-level modules that a running job may import: Python's own (`sys.stdlib_module_names` of 3.11 and 3.13, as far as they are
 * job names) and those of PySpark, AWS and the support modules.
 */
export const pythonModules: ReadonlySet<string> = new Set(
  `
    abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop awsglue
    awsgluedataplane base64 bdb binascii bisect boto3 botocore builtins bz2 calendar cgi cgitb
    chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser
    contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dateutil
    dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler
    fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass
    gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
    importlib inspect io ipaddress itertools jmespath json keyword lakewright_arguments
    lakewright_columnar lakewright_counts lakewright_csv lakewright_expectations
    lakewright_failures lakewright_files lakewright_folders lakewright_iceberg lakewright_inputs lakewright_jdbc
    lakewright_json lakewright_lines lakewright_proofs
    lakewright_plain_python lakewright_pseudonyms lakewright_pyspark lakewright_quarantine
    lakewright_runtime lakewright_secrets lakewright_source lakewright_sql lakewright_steps
    lakewright_suppression lakewright_tables lakewright_texts lakewright_work lib2to3 linecache locale logging lzma mailbox mailcap marshal
    math mimetypes mmap modulefinder
    msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers numpy opcode
    operator optparse os ossaudiodev pandas pathlib pdb pickle pickletools pipes pkgutil
    platform plistlib poplib posix posixpath pprint profile pstats pty pwd py4j py_compile
    pyarrow pyclbr pydoc pydoc_data pyexpat pyspark queue quopri random re readline reprlib
    resource rlcompleter runpy s3transfer sched secrets select selectors shelve shlex shutil
    signal site six smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
    sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
    symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
    threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle
    turtledemo types typing unicodedata unittest urllib urllib3 uu uuid venv warnings wave
    weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib
    zoneinfo
  `
    .trim()
    .split(/\s+/),
);
