/* finger: a touch screen of the kernel's own making (uinput), on which a finger presses each place
 * that is read from standard input, "X Y" a line, in thousandths. At the end of that it is
 * unplugged. */
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define RANGE 1000

static int device;

static void send(int type, int code, int value)
{
	const struct input_event event = {
		.type = (__u16)type, .code = (__u16)code, .value = value
	};
	if (write(device, &event, sizeof event) != sizeof event)
		exit(1);
}

static void add_axis(int code, int most)
{
	const struct uinput_abs_setup axis = { .code = (__u16)code,
		.absinfo = { .maximum = most } };
	ioctl(device, UI_ABS_SETUP, &axis);
}

static void press(int x, int y, int id)
{
	send(EV_ABS, ABS_MT_SLOT, 0);
	send(EV_ABS, ABS_MT_TRACKING_ID, id);
	send(EV_ABS, ABS_MT_POSITION_X, x);
	send(EV_ABS, ABS_MT_POSITION_Y, y);
	send(EV_KEY, BTN_TOUCH, 1);
	send(EV_SYN, SYN_REPORT, 0);
	usleep(400000);
	send(EV_ABS, ABS_MT_TRACKING_ID, -1);
	send(EV_KEY, BTN_TOUCH, 0);
	send(EV_SYN, SYN_REPORT, 0);
}

int main(void)
{
	struct uinput_setup setup = {
		.id = { .bustype = BUS_USB, .vendor = 0x1234, .product = 1 }
	};
	strcpy(setup.name, "Finger");
	device = open("/dev/uinput", O_WRONLY);
	if (device < 0)
		return perror("/dev/uinput"), 1;
	ioctl(device, UI_SET_EVBIT, EV_KEY);
	ioctl(device, UI_SET_KEYBIT, BTN_TOUCH);
	ioctl(device, UI_SET_EVBIT, EV_ABS);
	ioctl(device, UI_SET_PROPBIT, INPUT_PROP_DIRECT);
	add_axis(ABS_X, RANGE);
	add_axis(ABS_Y, RANGE);
	add_axis(ABS_MT_SLOT, 9);
	add_axis(ABS_MT_TRACKING_ID, 65535);
	add_axis(ABS_MT_POSITION_X, RANGE);
	add_axis(ABS_MT_POSITION_Y, RANGE);
	if (ioctl(device, UI_DEV_SETUP, &setup) < 0 || ioctl(device, UI_DEV_CREATE) < 0)
		return perror("a touch screen"), 1;
	int x, y;
	for (int id = 1; scanf("%d %d", &x, &y) == 2; id++)
		press(x, y, id);
	return 0;
}
