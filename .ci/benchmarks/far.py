"""Relays connections to a server on this machine as if it were far: each piece of data arrives DELAY milliseconds late,
in both directions. `far.py PORT DELAY` prints its address and, when standard input ends, the most connections at once."""
import asyncio
import sys

PORT, DELAY = int(sys.argv[1]), float(sys.argv[2]) / 1000
open_now = most = 0


async def carry(reader, writer):
    pieces = asyncio.Queue()
    loop = asyncio.get_running_loop()

    async def deliver():
        while True:
            due, piece = await pieces.get()
            await asyncio.sleep(max(0, due - loop.time()))
            if not piece:
                break
            writer.write(piece)
            await writer.drain()
        writer.close()

    delivery = asyncio.create_task(deliver())
    try:
        piece = b" "
        while piece:
            piece = await reader.read(65536)
            pieces.put_nowait((loop.time() + DELAY, piece))
        await delivery
    except ConnectionError:
        delivery.cancel()
        writer.close()


async def relay(reader, writer):
    global open_now, most
    open_now += 1
    most = max(most, open_now)
    their_reader, their_writer = await asyncio.open_connection("127.0.0.1", PORT)
    await asyncio.gather(carry(reader, their_writer), carry(their_reader, writer))
    open_now -= 1


async def main():
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(most, flush=True)


asyncio.run(main())
